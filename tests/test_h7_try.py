import time, pytest
from django.test import Client
@pytest.mark.django_db
def test_x(settings):
    settings.SECURE_SSL_REDIRECT=False
    r = Client().get("/about/")
    print(r.status_code, r.content[:300])

"""Steps of the small county, taken one at a time, with every text in words of the county's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from righthelp.engine.process import Process, process
from righthelp.engine.taking import begin, take
from tests.leaks.tokens import texts_of

if TYPE_CHECKING:
    from tests.county import County

# Words by which the service finds a worker: another word in their place would find nobody.
NAMES = {"name", "lead_name", "who"}


class Saying:
    """Takes steps as `Workplace` does, with each text that is answered passed through the county's `say`."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.staff = county.staff

    def worker(self, name: str) -> Any:
        return self.county.worker(name)

    def begin(self, kind: str, step: str, who: str, **answers: Any) -> Any:
        return begin(process(kind), step, by=self.county.as_(who), **self._said(process(kind), answers))

    def take(self, row: Process, step: str, who: str, **answers: Any) -> Any:
        return take(row, step, by=self.county.as_(who), **self._said(type(row), answers))

    def again(self, row: Any) -> Any:
        return type(row).objects.get(pk=row.pk)

    def _said(self, page: type[Process], answers: dict[str, Any]) -> dict[str, Any]:
        said = {}
        texts = set(texts_of(page)) - NAMES
        for name, value in answers.items():
            if isinstance(value, str) and name in texts:
                said[name] = self.county.say(value)
            elif name in page.several:
                theirs = set(texts_of(page.several[name].model)) - NAMES
                said[name] = [
                    {key: self.county.say(one) if key in theirs else one for key, one in row.items()} for row in value
                ]
            else:
                said[name] = value
        return said

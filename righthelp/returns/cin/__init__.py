"""The Children in Need (CIN) Census: every child referred to children's social care in a year, and what was done.

Department for Education, Children in Need Census, collected from every local authority for the year to 31 March. Here
a file of it is read as opening data, what another system held when righthelp began; and a file is asked the
Department's rules before it is sent.
"""

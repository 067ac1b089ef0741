"""One fault for each rule that the collection of single faults leaves out: the smallest change of its sound return.

`2 .//Sex = X` writes a value in the second child, `2 .//Sex -` takes the element out, `2 .//CINdetails + <a/>` puts
another in.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

_NEW_PLAN = "+ <CINPlanDates><CINPlanStartDate>{}</CINPlanStartDate><CINPlanEndDate>{}</CINPlanEndDate></CINPlanDates>"
_OPEN_PLAN = "+ <CINPlanDates><CINPlanStartDate>2025-06-11</CINPlanStartDate></CINPlanDates>"
_NEW_ENQUIRY = (
    "+ <Section47><S47ActualStartDate>{}</S47ActualStartDate><ICPCnotRequired>{}</ICPCnotRequired></Section47>"
)
_NEW_ASSESSMENT = (
    "+ <Assessments><AssessmentActualStartDate>2025-06-01</AssessmentActualStartDate><AssessmentAuthorisationDate>"
    "2025-06-20</AssessmentAuthorisationDate><FactorsIdentifiedAtAssessment><AssessmentFactors>1A</AssessmentFactors>"
    "</FactorsIdentifiedAtAssessment></Assessments>"
)
_NEW_CASE = (
    "+ <CINdetails><CINreferralDate>2025-09-01</CINreferralDate><ReferralSource>2A</ReferralSource>"
    "<PrimaryNeedCode>N1</PrimaryNeedCode>{}<ReferralNFA>0</ReferralNFA></CINdetails>"
)
_ENDED = "<CINclosureDate>2025-10-01</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>"
_NEW_PROTECTION = (
    "+ <ChildProtectionPlans><CPPstartDate>2025-06-16</CPPstartDate>"
    "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP>"
    "</ChildProtectionPlans>"
)
_UNFINISHED = ["{0} .//AssessmentAuthorisationDate -", "{0} .//FactorsIdentifiedAtAssessment -"]


def _unfinished(child: int) -> list[str]:
    return [each.format(child) for each in _UNFINISHED]


FAULTS: dict[str, tuple[list[str], str]] = {
    "1103": (["2 .//AssessmentActualStartDate = 2025-05-05"], ""),
    "1105": (["1 .//CPPstartDate = 2025-05-05"], "2885"),
    "1520": (["2 .//UPN = Y850000000001"], ""),
    "1540": (["2 .//UPN = M8500000A0002"], ""),
    "1560Q": (["2 ChildIdentifiers + <FormerUPN>X1</FormerUPN>"], ""),
    "1580": (["2 .//LAchildID = C-0002"], ""),
    "2884": (["1 CINdetails + <DateOfInitialCPC>2025-06-16</DateOfInitialCPC>"], ""),
    "2886Q": (["2 .//Sex = U", "3 .//Sex = U"], ""),
    "2888Q": (["7 .//Disability[2] -"], ""),
    "2990": (["3 CINdetails " + _NEW_PLAN.format("2025-06-11", "2025-06-20")], ""),
    "4000": (["5 CINdetails " + _OPEN_PLAN], ""),
    "4003": (["1 CINdetails " + _NEW_PLAN.format("2025-09-01", "2025-09-20")], "4016"),
    "4008": (["2 ChildIdentifiers + <PersonDeathDate>2025-06-10</PersonDeathDate>"], ""),
    "4010": (["2 .//CINPlanStartDate = 2026-04-10"], ""),
    "4012Q": (["4 .//CINPlanEndDate = 2025-06-11"], ""),
    "4014": (["4 CINdetails " + _NEW_PLAN.format("2025-08-01", "2025-09-01")], ""),
    "4016": (["1 CINdetails " + _NEW_PLAN.format("2025-08-01", "2025-08-20")], ""),
    "4180": (["2 .//Sex = X"], ""),
    "8500": (["2 .//LAchildID -"], ""),
    "8520": (
        ["6 .//ExpectedPersonBirthDate -", "6 ChildIdentifiers + <PersonBirthDate>2026-05-01</PersonBirthDate>"],
        "",
    ),
    "8530Q": (["6 .//ExpectedPersonBirthDate = 2026-02-15"], ""),
    "8540": (["2 .//Disability = BAD"], ""),
    "8555Q": (["20 ChildIdentifiers + <PersonDeathDate>2025-05-01</PersonDeathDate>"], ""),
    "8568": (["5 .//ReferralNFA -"], ""),
    "8585Q": (["4 .//ReasonForClosure = RC2"], ""),
    "8600": (["5 .//CINreferralDate = 2026-04-10"], ""),
    "8608": (["2 .//AssessmentActualStartDate = 2025-06-11"], ""),
    "8614": (["2 .//AssessmentAuthorisationDate -"], "8670Q"),
    "8620": (["4 .//CINclosureDate = 2026-04-10"], ""),
    "8640": (["4 .//ReasonForClosure = RC99"], ""),
    "8670Q": (_unfinished(2), ""),
    "8696": (["2 .//AssessmentAuthorisationDate = 2026-04-10"], ""),
    "8720": (["1 .//CPPstartDate -"], ""),
    "8736": (
        ["20 .//CINreferralDate = 2024-11-05", "20 .//AssessmentActualStartDate = 2024-11-06", *_unfinished(20)],
        "8670Q",
    ),
    "8750": (["6 .//Sex = F"], ""),
    "8772": (["2 .//UPN -", "2 ChildIdentifiers + <UPNunknown>UN7</UPNunknown>"], ""),
    "8790": (["7 .//Disability[2] = NONE", "8 .//Disabilities + <Disability>VIS</Disability>"], ""),
    "8805": (["4 .//ReasonForClosure -"], ""),
    "8815": (["20 . " + _NEW_CASE.format("")], "8816 8820"),
    "8820": (["4 . " + _NEW_CASE.format(_ENDED)], ""),
    "8831": (["5 CINdetails " + _NEW_ASSESSMENT], ""),
    "8839": (
        [
            "20 CINdetails " + _NEW_ENQUIRY.format("2026-03-16", "0"),
            "20 CINdetails " + _NEW_ENQUIRY.format("2026-03-23", "0"),
        ],
        "8890",
    ),
    "8841": (["1 .//CPPreviewDate = 2025-06-16"], ""),
    "8863Q": (["2 CINdetails " + _NEW_ASSESSMENT], ""),
    "8867": (_unfinished(4), "8670Q"),
    "8869": (["3 .//AssessmentFactors[2] = 21"], ""),
    "8873Q": (["4 .//AssessmentFactors[1] = 21", "4 .//AssessmentFactors[2] -"], ""),
    "8890": (["1 CINdetails " + _NEW_ENQUIRY.format("2025-06-10", "1")], ""),
    "8897Q": (["2 .//FactorsIdentifiedAtAssessment -"], ""),
    "8905": (["1 .//InitialCategoryOfAbuse = ZZZ"], ""),
    "8915": (["1 ChildIdentifiers + <PersonDeathDate>2025-06-10</PersonDeathDate>"], ""),
    "8925": (["1 .//ChildProtectionPlans + <CPPendDate>2025-06-13</CPPendDate>"], ""),
    "8935": (["1 CINdetails " + _NEW_PROTECTION], "2883 8940"),
    "8945Q": (["2 .//AssessmentFactors[2] = 18A"], ""),
}
"""The changes that make each fault, and the rules that are broken with it by necessity."""


def with_fault(sound: Any, changes: list[str]) -> Any:
    """A copy of the sound return with these changes."""
    tree = deepcopy(sound)
    children = tree.findall(".//Child")
    for change in changes:
        number, where, done, *rest = change.split(" ", 3)
        (element,) = children[int(number) - 1].findall(where)
        if done == "-":
            element.getparent().remove(element)
        elif done == "=":
            element.text = rest[0]
        else:
            element.append(etree.fromstring(rest[0]))
    return tree

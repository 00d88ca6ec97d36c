"""Numbers issued by the state, with their check digits: identity, credit, organisation and division codes.

Each check gives a small value or raises Invalid with a sentence that says what is wrong. Full-width digits, spaces and
lower-case letters are put right, because that is how people type; nothing else is guessed.
"""

import re
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from .errors import Invalid
from .now import today
from .wording import _

# GB/T 2260, first two digits. 81-83: residence permits for Hong Kong, Macao and Taiwan residents carry them too.
PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区", "21": "辽宁省",
    "22": "吉林省", "23": "黑龙江省", "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省",
    "35": "福建省", "36": "江西省", "37": "山东省", "41": "河南省", "42": "湖北省", "43": "湖南省",
    "44": "广东省", "45": "广西壮族自治区", "46": "海南省", "50": "重庆市", "51": "四川省", "52": "贵州省",
    "53": "云南省", "54": "西藏自治区", "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区", "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区", "83": "台湾省",
}  # fmt: skip
OLDEST = 130  # years; an older holder is a slip of the keyboard


def clean(text: str) -> str:
    """As typed -> as issued: half-width, upper case, without spaces."""
    return re.sub(r"\s", "", normalize("NFKC", str(text))).upper()


# ---------------------------------------------------------------------- GB 11643 identity number

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Identity:
    """「公民身份号码」 GB 11643-1999. The permits of foreigners (first digit 9) and of residents from Hong Kong, Macao
    and Taiwan have the same form. `sex`: M or F.
    """

    number: str
    province: str
    birth: date
    sex: str

    @property
    def foreign(self) -> bool:
        return self.number[0] == "9"


def identity_check_digit(first17: str) -> str:
    """The 18th character (ISO 7064, MOD 11-2)."""
    return "10X98765432"[sum(int(c) * w for c, w in zip(first17, _ID_WEIGHTS, strict=True)) % 11]


def check_identity(text: str) -> Identity:
    """Raises Invalid saying which part is wrong: length, characters, area, date of birth or check digit."""
    number = clean(text)
    if len(number) == 15 and number.isdigit():
        raise Invalid(_("This is an identity number of the old form with 15 digits; it is no longer valid. "
                        "Please enter the 18 characters."), field="identity")  # fmt: skip
    if len(number) != 18:
        raise Invalid(_("An identity number has 18 characters; this one has %(n)s.", n=len(number)), field="identity")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise Invalid(_("An identity number has 17 digits and at the end a digit or X."), field="identity")
    province = number[1:3] if number[0] == "9" else number[:2]
    if province not in PROVINCES:
        raise Invalid(_("The identity number begins with an area that does not exist (%(area)s).", area=number[:6]),
                      field="identity")  # fmt: skip
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise Invalid(_("The date of birth in the identity number does not exist (%(date)s).", date=number[6:14]),
                      field="identity") from None  # fmt: skip
    if not 0 <= today().year - birth.year <= OLDEST or birth > today():
        raise Invalid(_("The date of birth in the identity number cannot be (%(date)s).", date=birth), field="identity")
    if identity_check_digit(number[:17]) != number[17]:
        # The right digit is not told: a made-up number must not become a valid one by trying.
        raise Invalid(_("The last character of the identity number does not fit the others. "
                        "Please compare with the card."), field="identity")  # fmt: skip
    return Identity(number, PROVINCES[province], birth, "M" if int(number[16]) % 2 else "F")


# ---------------------------------------------------------------------- GB 32100 credit code, GB 11714

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # 31 characters, without I O S V Z
_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# GB 32100-2015, first character. N1 group, N2 village, N3 township collective economic organisation, N9 other.
DEPARTMENTS = {
    "1": "机构编制", "2": "外交", "3": "司法行政", "4": "文化", "5": "民政", "6": "旅游", "7": "宗教", "8": "工会",
    "9": "工商", "A": "中央军委改革和编制办公室", "N": "农业", "Y": "其他",
}  # fmt: skip


@dataclass(frozen=True)
class CreditCode:
    """「统一社会信用代码」 GB 32100-2015."""

    number: str

    @property
    def department(self) -> str:
        return DEPARTMENTS[self.number[0]]

    @property
    def area(self) -> str:
        return self.number[2:8]

    @property
    def organisation_code(self) -> str:
        """The organisation code (GB 11714) inside of it."""
        return self.number[8:17]

    @property
    def collective(self) -> bool:
        """A rural collective economic organisation (农业, N)."""
        return self.number[0] == "N"


def credit_check_character(first17: str) -> str:
    """The 18th character."""
    rest = sum(_ALPHABET.index(c) * w for c, w in zip(first17, _WEIGHTS, strict=True)) % 31
    return _ALPHABET[(31 - rest) % 31]


def check_credit_code(text: str) -> CreditCode:
    """Raises Invalid saying which part is wrong. The inner check of old organisation codes is not asked for."""
    number = clean(text)
    if len(number) != 18:
        raise Invalid(_("A credit code has 18 characters; this one has %(n)s.", n=len(number)), field="credit_code")
    for character in number:
        if character not in _ALPHABET:
            raise Invalid(_("“%(character)s” does not occur in a credit code (I, O, S, V and Z are not used).",
                            character=character), field="credit_code")  # fmt: skip
    if number[0] not in DEPARTMENTS:
        raise Invalid(_("No department registers credit codes beginning with “%(first)s”.", first=number[0]),
                      field="credit_code")  # fmt: skip
    if not number[2:8].isdigit():
        raise Invalid(_("The third to eighth characters of a credit code are an area of six digits, not “%(area)s”.",
                        area=number[2:8]), field="credit_code")  # fmt: skip
    if credit_check_character(number[:17]) != number[17]:
        raise Invalid(_("The last character of the credit code does not fit the others. "
                        "Please compare with the certificate."), field="credit_code")  # fmt: skip
    return CreditCode(number)


def organisation_check_character(first8: str) -> str:
    """The ninth character of an organisation code (GB 11714-1997)."""
    total = sum(int(c, 36) * w for c, w in zip(first8, _ORG_WEIGHTS, strict=True))
    return {10: "X", 11: "0"}.get(11 - total % 11) or str(11 - total % 11)


def check_organisation_code(text: str) -> str:
    """The organisation code without hyphen. Raises Invalid when its form or check character is wrong."""
    number = clean(text).replace("-", "")
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", number):
        raise Invalid(_("An organisation code has eight digits or letters and a check character, such as 12345678-X."),
                      field="organisation_code")  # fmt: skip
    if organisation_check_character(number[:8]) != number[8]:
        raise Invalid(_("The last character of the organisation code does not fit the others."),
                      field="organisation_code")  # fmt: skip
    return number


# ---------------------------------------------------------------------- statistical division code

LEVELS = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village"}


@dataclass(frozen=True)
class Division:
    """「统计用区划代码」 12 digits: province 2, city 2, county 2, township 3, village 3.

    Some cities have townships but no counties (Dongguan 441900003000): their middle part stays 00.
    """

    code: str

    @property
    def significant(self) -> str:
        """The part that says something: 371502104000 -> 371502104."""
        return next((self.code[:n] for n in (2, 4, 6, 9) if not self.code[n:].strip("0")), self.code)

    @property
    def level(self) -> str:
        return LEVELS[len(self.significant)]

    @property
    def parent(self) -> "Division | None":
        """The division above, or None for a province."""
        lengths = [n for n in LEVELS if n < len(self.significant)]
        for n in reversed(lengths):
            shorter = Division(self.code[:n].ljust(12, "0"))
            if len(shorter.significant) == n:
                return shorter
        return None

    def contains(self, other: "Division") -> bool:
        """Whether `other` is this division or lies in it."""
        return other.code.startswith(self.significant)


def check_division(text: str) -> Division:
    """A division by its code of 12 digits, or of 2, 4, 6 or 9 that are filled up with zeros."""
    code = clean(text)
    if not code.isdigit() or len(code) not in LEVELS:
        raise Invalid(_("A division code has 12 digits (or the 6 of a county), not “%(code)s”.", code=code),
                      field="place")  # fmt: skip
    if code[:2] not in PROVINCES:
        raise Invalid(_("The division code begins with a province that does not exist (%(area)s).", area=code[:2]),
                      field="place")  # fmt: skip
    code = code.ljust(12, "0")
    if (code[2:4] == "00" and code[4:] != "00000000") or (code[6:9] == "000" and code[9:] != "000"):
        raise Invalid(_("In the division code %(code)s a level in the middle is missing.", code=code), field="place")
    return Division(code)

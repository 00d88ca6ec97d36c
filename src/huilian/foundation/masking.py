"""「脱敏」 What strangers may see of a name, telephone, identity number or account: enough to recognise one's own.

Masked by default on every public page and export (个人信息保护法 §6: the least that serves the purpose).
"""

import re
from unicodedata import normalize

STAR = "*"


def mask_name(name: str) -> str:
    """张* for two characters, 张*明 for more. Names in letters keep the first letter of each word: J*** S****."""
    name = name.strip()
    if re.fullmatch(r"[A-Za-z.'\- ]+", name):
        return " ".join(word[0] + STAR * (len(word) - 1) for word in name.split())
    if len(name) < 2:
        return STAR * len(name)
    return name[0] + STAR if len(name) == 2 else name[0] + STAR * (len(name) - 2) + name[-1]


def mask_phone(phone: str) -> str:
    """138****5726; a land line keeps its area code and the last two digits."""
    phone = normalize("NFKC", phone).strip()
    digits = re.sub(r"\D", "", phone)
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[:3]}****{digits[7:]}"
    area = re.match(r"(0\d{2,3})[- ]?(\d{7,8})$", phone)
    if area:
        return f"{area[1]}-{STAR * (len(area[2]) - 2)}{area[2][-2:]}"
    return _middle(digits, 0, 2)


def mask_identity(number: str) -> str:
    """First three and last four: 110***********002X."""
    return _middle(number.strip(), 3, 4)


def mask_account(number: str) -> str:
    """A bank account shows its last four digits only."""
    return _middle(re.sub(r"\s", "", number), 0, 4)


def _middle(text: str, first: int, last: int) -> str:
    """Stars for all but the first and last characters; all stars when that would leave less than half hidden."""
    hidden = len(text) - first - last
    if hidden * 2 < len(text):
        return STAR * len(text)
    return text[:first] + STAR * hidden + text[len(text) - last :]


_GAP = r"[ \-－　]?"
_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[1-9１-９]\d{5}(?:19|20|１９|２０)\d{2}[01０１]\d[0-3０-３]\d{4}[\dXxＸｘ](?![\dA-Za-z])"
)
_MOBILE = re.compile(rf"(?<![\d.])(?:\+?86{_GAP})?[1１][3-9３-９]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)")
_LANDLINE = re.compile(r"(?<![\d.\-])[0０]\d{2,3}[ \-－]?\d{7,8}(?![\d\-])")
_ACCOUNT = re.compile(r"(?<![\dA-Za-z.])\d{4}(?: ?\d{4}){3}(?: ?\d{1,3})?(?![\dA-Za-z])")


def mask_text(text: str) -> str:
    """Identity numbers, telephones and bank accounts inside free text, masked; everything else untouched.

    Names are not found this way: a text that may name people is shown to those concerned only.
    """
    text = _IDENTITY.sub(lambda found: mask_identity(found[0]), text)
    text = _MOBILE.sub(lambda found: mask_phone(found[0]), text)
    text = _LANDLINE.sub(lambda found: mask_phone(found[0]), text)
    return _ACCOUNT.sub(lambda found: mask_account(found[0]), text)

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


def found_in(text: str) -> list[str]:
    """What of this kind stands in `text`: "identity", "phone", "account", each once."""
    if not _DIGITS.search(text):  # nearly every text; the rest costs thirty times as much
        return []
    found = []
    rest = _IDENTITY.sub("", text)
    if rest != text:
        found.append("identity")
    if _MOBILE.search(rest) or _LANDLINE.search(rest):
        found.append("phone")
        rest = _LANDLINE.sub("", _MOBILE.sub("", rest))
    if _ACCOUNT.search(rest):
        found.append("account")
    return found


_DIGITS = re.compile(r"[\d０-９](?:[ \-－　]?[\d０-９]){6}")
# Family names of two characters that are in use; a given name of one character after them is then cut as well.
_LONG = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 轩辕 宇文 长孙 闻人 独孤 南宫 端木 百里 东郭 呼延 "
    "赫连 淳于 太史 申屠 公冶 宗政 濮阳 单于 钟离 拓跋 澹台 万俟"
)
_LONG_NAMES = frozenset(_LONG.split())


def mask_given(name: str) -> str:
    """张**: the family name only, whatever the length of the rest; as lists on a village board are written."""
    name = name.strip()
    if not name:
        return ""
    if re.fullmatch(r"[A-Za-z.'\- ]+", name):
        return mask_name(name)
    return (name[:2] if len(name) > 2 and name[:2] in _LONG_NAMES else name[0]) + STAR * 2

"""Pure rules of tips: which way one goes, which clock it is on, and what in a text would tell who wrote it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# How a tip is sent on, by whom it concerns (纪检监察机关处理检举控告工作规则 2020-01-21, §14-18).
OWN, LOWER, HIGHER, OWN_HEAD, OUTSIDE = "own", "lower", "higher", "own_head", "outside"
STRAIGHT_UP = frozenset({HIGHER, OWN_HEAD})  # never copied, extracted or entered: carried by hand
TELL_WITHIN = 15  # working days, acceptance and result alike, to a real-name reporter


# 「包案」 What makes a tip worth a leader's lead: most points of each factor, 100 together. Default of the house; the
# sum proposes and chooses nobody.
WORTH = {
    "specific": 20, "verifiable": 20, "serious": 20, "power": 10, "source": 10, "repeated": 10, "urgent": 10
}  # fmt: skip
LEAD_FROM = 60
LED_AT = frozenset({"handling", "handling_fast", "with_lead"})


def worth(marks: Mapping[str, int]) -> int:
    """Points of a tip. Raises ValueError for a factor that is missing or unknown, or points out of bounds."""
    if set(marks) != set(WORTH) or any(not 0 <= marks[factor] <= most for factor, most in WORTH.items()):
        raise ValueError("seven factors, each from 0 to its most")
    return sum(marks.values())


def clock_class(named: bool, repeat: bool, fast: bool) -> str:
    """The class of the procedure that sets the whole clock. A repeat is not told again, so it counts as `other`."""
    return ("named" if named and not repeat else "other") + ("_fast" if fast else "")


def is_told(class_key: str) -> bool:
    """Whether acceptance and result are owed to somebody by name."""
    return class_key.startswith("named")


# What identifies a reporter in a text. Found by form, never by meaning: the rewriter decides, and reads the rest.


@dataclass(frozen=True)
class Found:
    """A piece of text that may tell who wrote it: where, of which sort, and what to write instead."""

    start: int
    end: int
    sort: str
    instead: str


_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧"
    "计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经"
    "房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程嵇邢裴陆荣翁荀羊惠甄曲封芮储靳井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班"
    "仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶郜黎白怀蒲从索咸籍赖卓屠池乔胥闻莘党翟谭贡劳姬申扶堵冉宰雍桑桂牛寿"
    "通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧利师巩聂晁勾敖融"
    "冷辛阚那简饶曾关相查后荆红游竺权盖益桓公覃闫"
)  # fmt: skip
_TITLES = (
    "村支书|村书记|支部书记|党委书记|书记|村主任|村长|主任|会计|出纳|报账员|文书|镇长|副镇长|乡长|局长|副局长|科长|股长"
    "|站长|所长|校长|院长|园长|经理|组长|队长|委员|代办员|网格员|民警|教师|老师|医生|护士"
)
_KIN = (
    "父亲|母亲|爸爸|妈妈|爸|妈|爷爷|奶奶|姥姥|姥爷|外公|外婆|丈夫|妻子|老公|老婆|爱人|对象|儿子|女儿|哥哥|弟弟|姐姐|妹妹"
    "|哥|弟|姐|妹|叔叔|伯伯|舅舅|姑姑|姨|侄子|侄女|外甥|女婿|儿媳|岳父|岳母|公公|婆婆|邻居|同事|同学|亲戚"
)
_NUMERAL = r"[0-9０-９一二三四五六七八九十百]"
_NAME = rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}"
_HOUSE = "院|楼|栋|单元|室|户"
_KINDS = "户|社员|职工|工人|承包人|股东|党员|代表|家长"
_SORTS = (  # the first that finds a place has it
    ("identity", r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)", "〔证件号〕"),
    ("phone", r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)", "〔电话〕"),
    ("phone", r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)", "〔电话〕"),
    ("email", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", "〔邮箱〕"),
    ("account", r"(?<!\d)\d{16,19}(?!\d)", "〔账号〕"),
    ("address", rf"[\u4e00-\u9fff]{{0,6}}(?:路|街|巷|胡同|小区|组|屯|庄){_NUMERAL}+号?(?:{_HOUSE})?", "〔住址〕"),
    ("address", rf"{_NUMERAL}+(?:组|号院|号楼|栋|单元|室|户|巷)", "〔住址〕"),
    ("kin", rf"(?:我们?家?|本人|俺家?|咱家?)的?(?:{_KIN})(?:{_NAME})?", "〔亲属〕"),
    ("self", rf"(?:我叫|我是|本人叫|本人是|本人|举报人|署名)[:：]?{_NAME}(?![\u4e00-\u9fff]*们)", "〔反映人〕"),
    ("title", rf"(?:我|本人|俺)(?:是|任|当|做|在)[\u4e00-\u9fff]{{0,10}}?(?:{_TITLES})", "〔职务〕"),
    ("self_kind", rf"(?:我|本人|俺)(?:是|作为)[\u4e00-\u9fff]{{1,12}}?(?:{_KINDS})", "〔身份〕"),
)
SORTS = tuple((sort, re.compile(pattern), instead) for sort, pattern, instead in _SORTS)


def identifying(text: str, names: tuple[str, ...] = ()) -> list[Found]:
    """Every piece that may tell who wrote `text`, in order, none overlapping. `names`: words known to name them."""
    taken: list[Found] = []
    sorts = list(SORTS)
    if known := "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name.strip()):
        sorts.insert(0, ("name", re.compile(known), "〔反映人〕"))
    for sort, pattern, instead in sorts:
        for match in pattern.finditer(text):
            if all(match.end() <= f.start or match.start() >= f.end for f in taken):
                taken.append(Found(match.start(), match.end(), sort, instead))
    return sorted(taken, key=lambda f: f.start)


def rewritten(text: str, found: list[Found]) -> str:
    """`text` with what was found replaced."""
    for piece in reversed(found):
        text = text[: piece.start] + piece.instead + text[piece.end :]
    return text

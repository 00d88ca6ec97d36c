"""Invented names of people. Any likeness to somebody is chance: surnames and given names are drawn at random."""

from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
COMMON = 24  # the first surnames carry most people
GIVEN = (
    "建国 建军 建华 建平 国强 国平 国庆 志强 志刚 志华 志远 永强 永福 永明 永生 文斌 文军 文涛 文华 海涛 海军 海燕 海霞 "
    "春生 春梅 春兰 春华 秀英 秀兰 秀芳 玉兰 玉珍 玉梅 桂英 桂芳 桂荣 凤英 凤霞 红梅 红霞 丽娟 丽华 晓燕 晓红 晓东 晓峰 "
    "小兵 小芳 小龙 守成 守业 守信 立新 立民 长江 长河 长林 长青 明亮 明辉 明远 光明 光辉 光荣 德才 德胜 德福 世杰 世民 "
    "学文 学军 学礼 家旺 家宝 家栋 大伟 大勇 大海 金山 金龙 金凤 银花 宝山 宝财 福来 福祥 喜来 喜梅 庆丰 庆林 传宝 传英 "
    "思远 思雨 雨晴 雪梅 静怡 佳琪 浩然 子轩 俊杰 俊峰 振华 振东 兴旺 兴华 培林 培英 广才 广义 同喜 同林 正阳 正华 良田 "
    "敏 静 丽 艳 娟 霞 燕 萍 芳 玲 慧 洁 琳 颖 倩 蕾 薇 伟 强 磊 军 勇 涛 斌 鹏 辉 刚 超 杰 峰 亮 波 宁 凯 毅 旭 俊 健 平 明"
).split()


def person(rnd: Random) -> str:
    """A name; about two thirds of the people share two dozen surnames, as in life."""
    pool = SURNAMES[:COMMON] if rnd.random() < 0.65 else SURNAMES[COMMON:]
    return rnd.choice(pool) + rnd.choice(GIVEN)


def phone(rnd: Random) -> str:
    """A telephone number nobody has: mobile numbers do not begin with 120."""
    return f"120{rnd.randrange(10**8):08d}"

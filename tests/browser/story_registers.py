"""What the registers' pages show: some firms, and three files on their way in."""

import io


def tell(people) -> dict[str, str]:
    from huilian.engine import sheets
    from huilian.engine.directory.services import add_organisation, change_unit
    from huilian.engine.registers import find, importing, services

    by, firms = people.wang_min, find("organisations")
    for number, name in enumerate(("青石砂石有限公司", "安澜县建筑工程有限公司", "柳河村果蔬专业合作社"), 1):
        add_organisation(
            name=name, phone=f"1381234572{number}", place=people.qingshi, legal_representative="王建国", by=by
        )
    change_unit(people.housing, short_name="县住建局", duties="城乡建设、房屋安全、住房保障。", by=people.system_admin)

    def hand_in(rows, name, headings=None) -> str:
        columns = importing.sheet_columns(firms, by)[:5]
        if headings:
            columns = [sheets.Column(f"c{i}", heading) for i, heading in enumerate(headings)]
        content = io.BytesIO(sheets.write(columns, rows, "组织台账"))
        return str(services.begin_import(firms, content, name, by=by).pk)

    good = [["东湾水利工程队", "企业", "", "李明", "白沙乡"], ["青石砂石有限公司", "企业", "", "张伟", "青石镇"]]
    bad = [
        ["", "企业", "", "", ""],
        ["西岭商店", "商店", "", "", "无此乡"],
        ["山前饭店", "企业", "91110000600037341X", "", ""],
    ]
    return {
        "unit": str(people.housing.pk),
        "import_ready": hand_in(good, "2026年11月企业名单.xlsx"),
        "import_faulty": hand_in(bad, "企业名单（有误）.xlsx"),
        "import_mapping": hand_in([["甲公司", "企业"]], "外系统导出.xlsx", ["企业名称", "类型"]),
    }

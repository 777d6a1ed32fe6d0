"""One document of our own, and how to make it a file in each format."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from html import escape
from typing import Any

from extract.formats.decoded import INDENT


@dataclass(frozen=True)
class Table:
    """Rows with a header. ``merged`` is the rows (from, to) whose first column is one cell."""

    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int], ...] = ()
    widths: tuple[int, ...] = field(default=())


@dataclass(frozen=True)
class Head:
    """A centred line: a title, a number, a date."""

    text: str


Part = str | Head | Table

DUTIES = Table(
    (
        ("类别", "序号", "重点任务", "牵头单位", "责任单位", "完成时限"),
        ("源头减量", "1", "出台限制过度包装的管理办法，明确各类商品包装层数和空隙率要求", "市市场监督管理局", "市商务局、市邮政管理局", "2024年6月底"),
        ("", "2", "推行净菜进城，农贸市场净菜上市率达到70%", "市商务局", "市农业农村局、各县区政府", "2024年12月底"),
        ("收运体系", "3", "改造分类投放点620个", "市城市管理局", "市住房和城乡建设局、白鹭区政府、临江区政府", "2024年9月底"),
        ("", "4", "建成区域性大件垃圾拆解中心3座", "市城市管理局", "市自然资源和规划局、市财政局", "2025年6月底"),
        ("末端处理", "5", "焚烧发电厂二期投入运行，日处理能力新增800吨", "市发展和改革委员会", "市生态环境局、市供电公司", "2025年12月底"),
    ),
    merged=((1, 2), (3, 4)),
    widths=(8, 5, 30, 18, 24, 14),
)
INDICATORS = Table(
    (
        ("序号", "指标名称", "单位", "2022年", "2025年", "属性"),
        ("1", "生活垃圾回收利用率", "%", "31", "40", "预期性"),
        ("2", "城市生活垃圾无害化处理率", "%", "99", "100", "约束性"),
        ("3", "厨余垃圾日处理能力", "吨", "260", "500", "预期性"),
        ("4", "居民小区分类覆盖率", "%", "88", "98", "约束性"),
    ),
    widths=(6, 28, 10, 12, 12, 12),
)
DOCUMENT: tuple[Part, ...] = (
    Head("云陵市人民政府办公室"),
    Head("关于印发云陵市生活垃圾分类提质增效实施方案的通知"),
    Head("云政办〔2023〕31号"),
    "各县、区人民政府，市人民政府各部门，各有关单位：",
    "《云陵市生活垃圾分类提质增效实施方案》已经市人民政府同意，现印发给你们，请结合各自实际认真组织实施，进展情况及时报送市城市管理局汇总。",
    Head("2023年9月12日"),
    Head("云陵市生活垃圾分类提质增效实施方案"),
    "为巩固生活垃圾分类工作成果，根据《中华人民共和国固体废物污染环境防治法》、《国务院办公厅关于转发国家发展改革委住房城乡建设部生活垃圾分类制度实施方案的通知》（国办发〔2017〕26号）和《中州省生活垃圾管理条例》，结合我市实际，制定本实施方案。",
    "一、总体目标",
    "到2025年，全市生活垃圾回收利用率达到40%以上，居民小区分类覆盖率达到98%，原生垃圾基本实现零填埋；每个县区至少建成2个分类示范街道，人均日产垃圾量比2022年下降5%。",
    "二、重点任务",
    "（一）推动源头减量。严格执行商品包装限制要求，星级宾馆、餐饮企业不主动提供一次性用品，党政机关率先停用一次性杯具，2024年年底前绿色办公覆盖率达到90%。（牵头单位：市市场监督管理局；责任单位：市商务局、市文化广电和旅游局、市机关事务管理局）",
    "（二）完善收运体系。新购置分类运输车辆150辆，逐步淘汰不达标车辆，杜绝先分后混，大件垃圾实行预约上门收运，各街道设置不少于1处临时堆放点。",
    "责任单位：市城市管理局、市公安局、市财政局，各县、区人民政府",
    "完成时限：2024年10月底前",
    "（三）提升处理能力。加快焚烧发电厂二期建设，厨余垃圾日处理能力达到500吨，建立处理设施运行监管制度，渗滤液全部达标排放。（市发展和改革委员会牵头，市生态环境局、市自然资源和规划局、市城市管理局按职责分工负责）",
    "（四）加强宣传教育。将分类知识纳入中小学课程，每年开展志愿服务活动不少于200场，培训分类指导员3000名。（市教育局、团市委、市妇联负责）",
    "三、保障措施",
    "（一）加强组织领导。市生活垃圾分类工作领导小组统筹协调，各成员单位主要负责同志亲自抓，定期研究解决难点问题。",
    "（二）加大资金投入。市财政局会同市城市管理局落实专项资金，对验收合格的示范街道给予50万元奖励。",
    "本方案自印发之日起施行，有效期至2025年12月31日。《云陵市生活垃圾分类工作方案》（云政办〔2019〕44号）同时废止。",
    "附件：1.云陵市生活垃圾分类重点任务清单",
    "2.云陵市生活垃圾分类主要指标",
    "附件1",
    Head("云陵市生活垃圾分类重点任务清单"),
    DUTIES,
    "附件2",
    Head("云陵市生活垃圾分类主要指标"),
    INDICATORS,
)


def text(parts: tuple[Part, ...] = DOCUMENT) -> str:
    """The document as plain text."""
    out = []
    for part in parts:
        if isinstance(part, Table):
            out += ["\t".join(row) for row in part.rows]
        else:
            out.append(part.text if isinstance(part, Head) else INDENT + part)
    return "\n".join(out) + "\n"


def docx(parts: tuple[Part, ...] = DOCUMENT, indent: bool = True) -> bytes:
    """The document as Word writes it."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = Document()
    for part in parts:
        if isinstance(part, Table):
            table = document.add_table(len(part.rows), len(part.rows[0]))
            for r, row in enumerate(part.rows):
                for c, words in enumerate(row):
                    table.cell(r, c).text = words
            for first, last in part.merged:
                words = part.rows[first][0]
                table.cell(first, 0).merge(table.cell(last, 0)).text = words
        elif isinstance(part, Head):
            document.add_paragraph(part.text).alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            paragraph = document.add_paragraph(part)
            if indent:
                paragraph.paragraph_format.first_line_indent = Pt(24)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def html_table(table: Table) -> str:
    """A table with rowspan where cells are merged."""
    covered = {row for first, last in table.merged for row in range(first + 1, last + 1)}
    spans = {first: last - first + 1 for first, last in table.merged}
    rows = []
    for r, row in enumerate(table.rows):
        cells = [
            f"<td rowspan={spans[r]}><p>{escape(words)}" if c == 0 and r in spans else f"<td><p><span>{escape(words)}</span></p></td>"
            for c, words in enumerate(row)
            if not (c == 0 and r in covered)
        ]
        rows.append("<tr>" + "".join(cells) + "</tr>")
    return "<table border=1>" + "\n".join(rows) + "</table>"


def html(parts: tuple[Part, ...] = DOCUMENT, content: str = "<div class='TRS_Editor' id=UCAP-CONTENT>", charset: str = "utf-8") -> bytes:
    """The document on a page with navigation, scripts, open tags and two ends."""
    body = []
    for part in parts:
        if isinstance(part, Table):
            body.append(html_table(part))
        elif isinstance(part, Head):
            body.append(f'<p style="text-align: center;"><strong>{escape(part.text)}</strong></p>')
        else:
            half = len(part) // 2
            body.append(f"<P>　　{escape(part[:half])}<span lang=EN-US>{escape(part[half:])}</span>")
    links = "".join(f"<li><a href='/n{i}'>关于做好第{i}批项目申报工作，加快资金拨付的通知：市财政局负责</a></li>" for i in range(30))
    page = (
        f"<!DOCTYPE html><html><head><meta charset='{charset}'><title>云陵市生活垃圾分类方案_云陵市人民政府门户网站</title>"
        "<script>var a='<p>市财政局负责，到2030年达到99%。</p>';</script><style>p{text-indent:2em}</style></head><body>"
        f"<div class=nav><ul>{links}</ul></div><div id=crumbs>当前位置：<a href=/>首页</a> &gt; <a href=/zc>政策</a></div>"
        f"{content}{''.join(body)}</div></div></html><div class=foot>主办：云陵市人民政府办公室&nbsp;版权所有</div></body></html>"
        "<div style='display:none'>市审计局负责，到2031年达到1%。</div></html>"
    )
    return page.encode(charset)


def xlsx(parts: tuple[Part, ...]) -> bytes:
    """Titles over merged columns and tables, each table on a sheet of its own."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    for part in parts:
        if isinstance(part, Table):
            top = sheet.max_row if sheet["A1"].value else 0
            for row in part.rows:
                sheet.append([int(w) if w.isdigit() else w for w in row])
            for first, last in part.merged:
                for r in range(first + 1, last + 1):
                    sheet.cell(top + r + 1, 1).value = None
                sheet.merge_cells(start_row=top + first + 1, end_row=top + last + 1, start_column=1, end_column=1)
        else:
            sheet.append([part.text if isinstance(part, Head) else part])
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=6)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(entries: dict[str, str | bytes]) -> bytes:
    """A zip package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return out.getvalue()

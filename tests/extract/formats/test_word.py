"""Word: what python-docx and copying lose, and what Word counts itself."""

from __future__ import annotations

import pytest

from extract.formats import Broken, decode
from extract.formats.wordnumbers import written
from tests.extract.formats import making

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://x/{kind}" Target="{target}"/></Relationships>'
)


def word(body: str, **parts: str) -> str:
    """The text of a document with this body and these further parts."""
    links = "".join(f'<Relationship Id="{n}" Type="http://x/{n}" Target="{n}.xml"/>' for n in parts)
    entries: dict[str, str | bytes] = {
        "_rels/.rels": RELATIONS.format(kind="officeDocument", target="word/document.xml"),
        "word/document.xml": f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="x">{links}</Relationships>',
    }
    entries |= {f"word/{name}.xml": xml for name, xml in parts.items()}
    return decode(making.zipped(entries)).text.replace("\u3000", "")


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(depth: int, form: str, text: str, start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def cell(*texts: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraph(t) for t in texts)}</w:tc>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(f"<w:sdt><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>", "甲\n", id="content control"),
        pytest.param("<w:p><w:sdt><w:sdtContent><w:r><w:t>甲</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>乙</w:t></w:r></w:p>", "甲乙\n", id="control in a line"),
        pytest.param("<w:p><w:ins><w:r><w:t>甲</w:t></w:r></w:ins><w:del><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>", "甲\n", id="tracked changes"),
        pytest.param("<w:p><w:hyperlink><w:r><w:t>国办发</w:t></w:r></w:hyperlink><w:r><w:t>〔2021〕7号</w:t></w:r></w:p>", "国办发〔2021〕7号\n", id="link"),
        pytest.param("<w:p><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>甲</w:t></w:r></w:p>", "甲\n", id="field code"),
        pytest.param("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>", "甲 乙 丙\n", id="a tab makes no table"),
        pytest.param("<w:p><w:r><w:t>甲&#x2028;乙\u0085丙</w:t></w:r></w:p>", "甲 乙 丙\n", id="line separators make no lines"),
        pytest.param(
            f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{paragraph('框内')}</w:txbxContent></mc:Choice>"
            f"<mc:Fallback><w:txbxContent>{paragraph('框内')}</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>甲</w:t></w:r></w:p>",
            "甲\n框内\n",
            id="text box once, after its paragraph",
        ),
        pytest.param(table(cell("类别") + cell("任务"), cell("甲") + cell("乙")), "类别\t任务\n甲\t乙\n", id="table"),
        pytest.param(
            table(cell("甲", properties='<w:vMerge w:val="restart"/>') + cell("1"), cell("", properties="<w:vMerge/>") + cell("2")),
            "甲\t1\n\t2\n",
            id="cell over two rows",
        ),
        pytest.param(table(cell("甲", properties='<w:gridSpan w:val="2"/>') + cell("乙"), cell("1") + cell("2") + cell("3")), "甲\t\t乙\n1\t2\t3\n", id="cell over two columns"),
        pytest.param(table(cell("标题", properties='<w:gridSpan w:val="2"/>'), cell("1") + cell("2")), "标题\n1\t2\n", id="a row of one cell is a line"),
        pytest.param(table(cell("甲", properties='<w:gridSpan w:val="99999"/>') + cell("乙")), "甲" + "\t" * 200 + "乙\n", id="a span is bounded"),
        pytest.param(table(cell("市财政局", "市教育局") + cell("甲")), "市财政局、市教育局\t甲\n", id="bodies on lines of their own"),
        pytest.param(table(cell("责任", "单位") + cell("市场监督管", "理局")), "责任单位\t市场监督管理局\n", id="a word on two lines"),
        pytest.param(table(cell("市发展和改革委", "员会") + cell("1")), "市发展和改革委员会\t1\n", id="a name broken behind 委"),
        pytest.param(table(cell("甲") + f"<w:sdt><w:sdtContent>{cell('乙')}</w:sdtContent></w:sdt>"), "甲\t乙\n", id="cell in a content control"),
        pytest.param(
            table(cell("外") + f"<w:tc>{table(cell('内1') + cell('内2'))}{paragraph('外2')}</w:tc>"), "外\t外2\n内1\t内2\n", id="table in a table"
        ),
    ],
)
def test_body(body: str, text: str) -> None:
    assert word(body) == text


NUMBERS = (
    f"<w:numbering {W}><w:abstractNum w:abstractNumId='0'>"
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%2.%4").replace("<w:start", "<w:isLgl/><w:start")
    + "</w:abstractNum><w:abstractNum w:abstractNumId='1'>"
    + level(0, "japaneseCounting", "第%1条 ", 9)
    + level(1, "bullet", "●")
    + "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
    "<w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num></w:numbering>"
)
STYLES = (
    f"<w:styles {W}><w:style w:styleId='Base'><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    "<w:style w:styleId='Own'><w:basedOn w:val='Base'/></w:style><w:style w:styleId='A'><w:basedOn w:val='A'/></w:style></w:styles>"
)


def test_numbers_that_word_makes() -> None:
    body = "".join(
        [
            *(numbered("总则", 0), numbered("目标", 1), numbered("细目", 2), numbered("细目", 2), numbered("深", 3), numbered("任务", 1), numbered("细目", 2)),
            *(numbered("附则", 0), numbered("施行", 1), paragraph("正文")),
            *(numbered("条", 0, 2), numbered("点", 1, 2), numbered("条", 0, 2), numbered("另一表", 0, 3), numbered("没有此表", 0, 77)),
            *(paragraph("按样式", '<w:pStyle w:val="Own"/>'), paragraph("样式成环", '<w:pStyle w:val="A"/>'), numbered("", 0)),
        ]
    )
    assert word(body, numbering=NUMBERS, styles=STYLES).splitlines() == [
        *("一、总则", "（一）目标", "1.细目", "2.细目", "1.1.1深", "（二）任务", "1.细目"),
        *("二、附则", "（一）施行", "正文"),
        *("第九条 条", "点", "第十条 条", "一、另一表", "没有此表"),
        *("（二）按样式", "样式成环"),
    ]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        *((n, "chineseCounting", t) for n, t in ((1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一百"), (103, "一百零三"), (115, "一百一十五"))),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "ideographTraditional", "乙"),
        (4, "upperLetter", "D"),
        (9, "lowerRoman", "ix"),
        (7, "decimalFullWidth", "７"),
        (5, "unknownForm", "5"),
    ],
)
def test_number_formats(number: int, form: str, text: str) -> None:
    assert written(number, form) == text


def test_footnotes_come_after_the_text() -> None:
    notes = f"<w:footnotes {W}><w:footnote w:type='separator'>{paragraph('线')}</w:footnote><w:footnote>{paragraph('注释')}</w:footnote></w:footnotes>"
    assert word(paragraph("甲"), footnotes=notes) == "甲\n注释\n"


def test_pictures_are_named() -> None:
    body = "<w:p><w:r><w:drawing/></w:r><w:r><w:t>甲</w:t></w:r></w:p>"
    entries: dict[str, str | bytes] = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    assert "1 pictures" in decode(making.zipped(entries)).warnings[0]


def test_a_scan_in_word_is_named_with_the_way_out() -> None:
    body = "<w:p><w:r><w:drawing/></w:r></w:p>" * 2
    entries: dict[str, str | bytes] = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    with pytest.raises(Broken, match="pictures only") as refused:
        decode(making.zipped(entries))
    assert "PDF" in refused.value.hint


def test_lines_of_a_pasted_text_are_no_paragraphs() -> None:
    lines = ["为做好城市供水设施建设和运行管理工作，推动供水行业高质量", "发展，根据有关法律法规的规定，结合本市工作实际情况，制定本"] * 6
    assert "\u3000" not in decode(making.docx(tuple(lines), indent=False)).text
    assert decode(making.docx(tuple(line + "。" for line in lines), indent=False)).text.count("\u3000\u3000") == len(lines)

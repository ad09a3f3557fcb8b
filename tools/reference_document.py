"""Makes templates/reference.docx: the styles of our Word documents. `python -m tools.reference_document`

It is pandoc's own reference document, set for Japanese offices: A4, a Japanese font for Japanese letters (pandoc's has
none), headings as in our other formats, lines around tables, the page's number below. Staff change it in Word; whoever
changes this tool runs it again and looks at the result.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pypandoc

_TARGET = Path(__file__).parents[1] / "templates" / "reference.docx"
_ACCENT = "0B4A7A"
_LINE = "B8C2CC"
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# Both names: Word in Japanese and in English know the font by its own. Windows and Office for Mac have it.
_FONT = '<w:rFonts w:ascii="Yu Gothic" w:hAnsi="Yu Gothic" w:eastAsia="游ゴシック" w:cs="Yu Gothic"/>'

_DEFAULTS = f"""<w:docDefaults><w:rPrDefault><w:rPr>{_FONT}<w:sz w:val="22"/><w:szCs w:val="22"/>
<w:lang w:val="en-GB" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>
<w:kinsoku/><w:overflowPunct/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>
<w:spacing w:after="120" w:line="320" w:lineRule="atLeast"/></w:pPr></w:pPrDefault></w:docDefaults>"""


def _paragraph(
    id: str, name: str, layout: str, letters: str = "", based: str = "Normal", next: str = "BodyText"
) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/>'
        f'<w:next w:val="{next}"/><w:qFormat/><w:pPr>{layout}</w:pPr><w:rPr>{letters}</w:rPr></w:style>'
    )


def _heading(level: int, size: int, layout: str, before: int, after: int) -> str:
    layout = (
        f"<w:keepNext/><w:keepLines/>{layout}"
        f'<w:spacing w:before="{before}" w:after="{after}"/><w:outlineLvl w:val="{level - 1}"/>'
    )
    letters = f'{_FONT}<w:b/><w:bCs/><w:color w:val="{_ACCENT}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return _paragraph(f"Heading{level}", f"heading {level}", layout, letters)


def _edge(side: str, size: int, space: int, colour: str = _ACCENT) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


_CELL = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 40), ("left", 100), ("bottom", 40), ("right", 100))
)
_STYLES = {
    "BodyText": _paragraph("BodyText", "Body Text", '<w:spacing w:before="60" w:after="120"/>'),
    "Compact": _paragraph(
        "Compact", "Compact", '<w:spacing w:before="20" w:after="40"/>', based="BodyText", next="Compact"
    ),
    "Heading1": _heading(1, 34, f"<w:pBdr>{_edge('bottom', 12, 6)}</w:pBdr>", 0, 280),
    "Heading2": _heading(2, 26, f"<w:pBdr>{_edge('left', 36, 6)}</w:pBdr>", 360, 120),
    "Heading3": _heading(3, 23, "", 240, 80),
    "TableCaption": _paragraph(
        "TableCaption", "Table Caption", '<w:keepNext/><w:spacing w:before="120" w:after="60"/>', "<w:b/><w:bCs/>"
    ),
    "Table": (
        '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:qFormat/>'
        '<w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr><w:tblPr><w:tblBorders>'
        + "".join(_edge(side, 4, 0, _LINE) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
        + f"</w:tblBorders><w:tblCellMar>{_CELL}</w:tblCellMar></w:tblPr><w:tcPr/>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:trPr><w:tblHeader/></w:trPr><w:tcPr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="F3F6F9"/></w:tcPr></w:tblStylePr></w:style>'
    ),
    "Header": _paragraph("Header", "header", '<w:jc w:val="center"/>', '<w:sz w:val="18"/>', next="Header"),
    "Footer": _paragraph("Footer", "footer", '<w:jc w:val="center"/>', '<w:sz w:val="18"/>', next="Footer"),
    "Hyperlink": (
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        f'<w:rPr><w:color w:val="{_ACCENT}"/><w:u w:val="single"/></w:rPr></w:style>'
    ),
}
_FIELD = '<w:fldSimple w:instr=" {} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
_FOOTER = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<w:ftr {_SPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    f'{_FIELD.format("PAGE")}<w:r><w:t xml:space="preserve"> / </w:t></w:r>{_FIELD.format("NUMPAGES")}</w:p></w:ftr>'
)
_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1361" w:right="1247" w:bottom="1247" w:left="1247" w:header="680" w:footer="567" w:gutter="0"/>'
    "</w:sectPr>"
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def main() -> None:
    """Write the file."""
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    default = subprocess.run(command, check=True, capture_output=True).stdout
    with zipfile.ZipFile(io.BytesIO(default)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["word/styles.xml"] = _styled(parts["word/styles.xml"])
    parts["word/footer1.xml"] = _FOOTER
    parts["word/document.xml"] = re.sub(
        r"<w:sectPr>.*?</w:sectPr>", _SECTION, parts["word/document.xml"], flags=re.DOTALL
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/></Types>'
    )
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rIdFooter" Type="{_OFFICE}/footer" Target="footer1.xml"/></Relationships>',
    )
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(
        '<w:themeFontLang w:val="en-US" />', '<w:themeFontLang w:val="en-GB" w:eastAsia="ja-JP" />'
    )
    with zipfile.ZipFile(_TARGET, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():  # without dates: the same tool makes the same file
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)


def _styled(styles: str) -> str:
    """pandoc's styles with ours in place of those of the same name."""
    styles = re.sub(r"<w:docDefaults>.*?</w:docDefaults>", _DEFAULTS, styles, flags=re.DOTALL)
    for id in _STYLES:
        styles = re.sub(rf'<w:style\s[^>]*w:styleId="{id}"[^>]*>.*?</w:style>', "", styles, flags=re.DOTALL)
    return styles.replace("</w:styles>", "".join(_STYLES.values()) + "</w:styles>")


if __name__ == "__main__":
    main()

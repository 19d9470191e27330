"""PDFs by programs that break the lines themselves: browsers, typesetters, office programs. The truth is the source."""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from . import texts
from .placed import Truth
from .truth import Line

ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1951782400", "TZ": "UTC"}


def run(*command: str | Path, folder: Path | None = None) -> None:
    done = subprocess.run(list(map(str, command)), cwd=folder, env=ENVIRONMENT, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout.decode()[-800:]} {done.stderr.decode()[-800:]}")


def page(body: str, style: str, language: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{texts.HEADLINE}</title>'
        f"<style>{style}</style></head><body>{body}</body></html>"
    )


def p(paragraphs: Sequence[str], mark: str = "p") -> str:
    return "".join(f"<{mark}>{html.escape(one, quote=False)}</{mark}>" for one in paragraphs)


def chromium(path: Path, source: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.html").write_text(source, encoding="utf-8")
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--print-to-pdf={path}", Path(folder) / "page.html")  # fmt: skip


def wkhtmltopdf(path: Path, source: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.html").write_text(source, encoding="utf-8")
        run("env", "QT_QPA_PLATFORM=offscreen", "wkhtmltopdf", "-q", Path(folder) / "page.html", path)


def weasyprint(path: Path, source: str) -> None:
    import weasyprint as program

    program.HTML(string=source).write_pdf(path)


def office(path: Path, source: str, ending: str, program: str = "soffice") -> None:
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / f"page.{ending}"
        written.write_text(source, encoding="utf-8")
        if program == "soffice":
            run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/home", "--convert-to", "pdf", written,
                folder=Path(folder))  # fmt: skip
        else:
            run("abiword", "--to=pdf", written, folder=Path(folder))
        shutil.move(written.with_suffix(".pdf"), path)


def latex(path: Path, source: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.tex").write_text(source, encoding="utf-8")
        for _ in range(2):
            run("pdflatex", "-interaction=batchmode", "page.tex", folder=Path(folder))
        shutil.move(Path(folder) / "page.pdf", path)


def typst(path: Path, source: str, **more: str) -> None:
    import typst as program

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.typ").write_text(source, encoding="utf-8")
        program.compile(str(Path(folder) / "page.typ"), output=str(path), **more)


def groff(path: Path, source: str, *, device: str = "pdf") -> None:
    done = subprocess.run(
        ["groff", "-Kutf8", "-ms", f"-T{device}"],
        input=source.encode(),
        env=ENVIRONMENT,
        capture_output=True,
        check=True,
    )
    if device == "pdf":
        path.write_bytes(done.stdout)
    else:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "page.ps").write_bytes(done.stdout)
            run(
                "gs",
                "-q",
                "-dBATCH",
                "-dNOPAUSE",
                "-sDEVICE=pdfwrite",
                f"-sOutputFile={path}",
                Path(folder) / "page.ps",
            )


def tex_quotes(text: str) -> str:
    for sign, written in (("&", r"\&"), ("“", "``"), ("”", "''"), ("’", "'"), ("%", r"\%")):
        text = text.replace(sign, written)
    return text


def browser_columns(path: Path) -> list[str]:
    style = (
        "@page{size:A4;margin:18mm} body{font:10pt/1.25 'Liberation Serif'} h1{font-size:24pt;margin:0 0 10pt}"
        "div{column-count:3;column-gap:14pt;text-align:justify;hyphens:auto} p{margin:0 0 6pt}"
    )
    body = f"<h1>{texts.HEADLINE}</h1><div>{p([*texts.STORY, *texts.LONG_WORDS])}</div>"
    chromium(path, page(body, style))
    return [texts.HEADLINE, *texts.STORY, *texts.LONG_WORDS]


def browser_print_out(path: Path) -> list[str]:
    """A web page with a bar at its top and foot that the browser repeats on every sheet."""
    style = (
        "@page{size:A5;margin:22mm 15mm} body{font:11pt/1.4 'Liberation Sans'}"
        "@page{@top-left{content:'Sorrel Ledger – the harbour’s newspaper';font-size:8pt}"
        "@bottom-left{content:'© 2031 Sorrel Ledger';font-size:8pt}@bottom-right{content:counter(page);font-size:8pt}}"
    )
    body = f"<h1>{texts.HEADLINE}</h1>{p(texts.STORY)}"
    chromium(path, page(body, style))
    return [texts.HEADLINE, *texts.STORY, "\fSorrel Ledger – the harbour’s newspaper", "\f© 2031 Sorrel Ledger 1"]


def browser_box(path: Path) -> list[str]:
    """A box beside the text, a picture with its caption, a table."""
    style = (
        "@page{size:A4;margin:20mm} body{font:11pt/1.35 'Liberation Serif'} p{margin:0 0 8pt}"
        "aside{float:right;width:52mm;margin:0 0 6mm 8mm;padding:3mm;border:1px solid;font:9pt/1.3 'Liberation Sans'}"
        "aside p{margin:0 0 4pt} figure{margin:0 0 10pt} figcaption{font:italic 8.5pt/1.2 'Liberation Sans'}"
        "figure div{height:30mm;background:#bbb} td,th{padding:2pt 24pt 2pt 0;text-align:left}"
    )
    box = ("The building", "Built in 1924 as a coffee store.", "Rented to the company since 2019.")
    caption = "The gate of the warehouse on Wednesday morning."
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in texts.TABLE)
    body = (
        f"<h1>{texts.HEADLINE}</h1>{p(texts.STORY[:1])}<aside>{p(box)}</aside>{p(texts.STORY[1:4])}"
        f"<figure><div></div><figcaption>{caption}</figcaption></figure>{p(texts.STORY[4:6])}<table>{rows}</table>"
    )
    chromium(path, page(body, style))
    table = [" ".join(row) for row in texts.TABLE]
    return [texts.HEADLINE, *texts.STORY[:3], *box, texts.STORY[3], caption, *texts.STORY[4:6], *table]


def browser_slides(path: Path) -> list[str]:
    style = (
        "@page{size:254mm 143mm;margin:12mm} section{break-after:page;font:20pt/1.4 'Liberation Sans'}"
        "h2{font-size:32pt;margin:0 0 8mm}"
    )
    slides = (
        ("What is known", ("Four people are missing.", "Two explosions were heard after ten.", "The quay is closed.")),
        ("What is disputed", ("The company denies storing fuel.", "The inspectorate lists drums of solvent.")),
        ("What is next", ("The minister visits on Friday.", "The search goes on at daybreak.")),
    )
    body = "".join(f"<section><h2>{title}</h2><ul>{p(points, 'li')}</ul></section>" for title, points in slides)
    chromium(path, page(body, style))
    return [one for title, points in slides for one in (title, *points)]


def _in_lines(paragraphs: Sequence[str], words: int) -> tuple[str, list[list[Line]]]:
    """Paragraphs broken into lines of so many words (or signs, where there are no blanks), each line placed so."""
    told = []
    for one in paragraphs:
        pieces = one.split() if " " in one else list(one)
        joint = " " if " " in one else ""
        told.append([joint.join(pieces[at : at + words]) for at in range(0, len(pieces), words)])
    return "".join(f"<p>{'<br>'.join(lines)}</p>" for lines in told), [[(1, line) for line in lines] for lines in told]


def browser_arabic(path: Path) -> Truth:
    style = "@page{size:A5 landscape;margin:15mm} body{font:13pt/1.6 'DejaVu Sans'} p{margin:0 0 12pt}"
    body, lines = _in_lines(texts.ARABIC, 5)
    chromium(path, page(f"<div dir=rtl>{body}</div>", style, "ar"))
    return list(texts.ARABIC), lines


def weasy_arabic(path: Path) -> Truth:
    style = "@page{size:A5 landscape;margin:15mm} body{font:16pt/1.7 Amiri;direction:rtl} p{margin:0 0 14pt}"
    body, lines = _in_lines(texts.ARABIC, 5)
    weasyprint(path, page(body, style, "ar"))
    return list(texts.ARABIC), lines


def browser_chinese(path: Path) -> Truth:
    style = "@page{size:A5 landscape;margin:12mm} body{font:13pt/1.6 'Noto Serif CJK SC'} p{margin:0 0 14pt}"
    body, lines = _in_lines(texts.CHINESE, 16)
    chromium(path, page(body, style, "zh"))
    return list(texts.CHINESE), lines


def browser_russian(path: Path) -> list[str]:
    style = "@page{size:A5;margin:15mm} body{font:12pt/1.4 'Liberation Serif';text-align:justify;hyphens:manual}"
    chromium(path, page(p(texts.RUSSIAN), style, "ru"))
    return list(texts.RUSSIAN)


def qt_press_release(path: Path) -> list[str]:
    head = ("PRESS RELEASE", "For immediate use, 7 November 2031")
    contact = "Contact: Odo Fenwick, press office, telephone 555 0143"
    body = f"<p><b>{head[0]}</b></p><p>{head[1]}</p><h1>{texts.HEADLINE}</h1>{p(texts.STORY[:5])}<p>{contact}</p>"
    wkhtmltopdf(path, page(body, "body{font-family:'Liberation Sans'}"))
    return [*head, texts.HEADLINE, *texts.STORY[:5], contact]


def office_columns(path: Path) -> list[str]:
    office(path, _flat_text([texts.HEADLINE, *texts.STORY], columns=2), "fodt")
    return [texts.HEADLINE, *texts.STORY, "\fSorrel Ledger, 8 November 2031"]


def _flat_text(paragraphs: Sequence[str], columns: int) -> str:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
        for name, path in (
            ("office", "office"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"),
        )
    )  # fmt: skip
    gap = f'<style:columns fo:column-count="{columns}" fo:column-gap="0.6cm"/>'
    body = "".join(f'<text:p text:style-name="P">{html.escape(one, quote=False)}</text:p>' for one in paragraphs[1:])
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
        '<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" '
        'fo:margin-bottom="0.2cm" fo:orphans="2" fo:widows="2"/><style:text-properties fo:font-size="10pt" '
        'style:font-name="Liberation Serif" fo:font-family="Liberation Serif"/></style:style>'
        '<style:style style:name="H" style:family="paragraph"><style:text-properties fo:font-size="20pt" '
        'fo:font-weight="bold"/></style:style>'
        f'<style:style style:name="S" style:family="section"><style:section-properties>{gap}'
        "</style:section-properties></style:style>"
        '<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="14.8cm" '
        'fo:page-height="21cm" fo:margin="1.5cm"/><style:header-style><style:header-footer-properties '
        'fo:min-height="0.8cm" fo:margin-bottom="0.4cm"/></style:header-style></style:page-layout>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
        'style:page-layout-name="L"><style:header><text:p>Sorrel Ledger, 8 November 2031</text:p></style:header>'
        "</style:master-page></office:master-styles><office:body><office:text>"
        f'<text:p text:style-name="H">{paragraphs[0]}</text:p><text:section text:style-name="S" text:name="s">{body}'
        "</text:section></office:text></office:body></office:document>"
    )


def office_release(path: Path) -> list[str]:
    """Through Word's format: LibreOffice writes a DOCX and makes the PDF from that."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.fodt").write_text(_flat_text([texts.HEADLINE, *texts.STORY[:6]], columns=1))
        for ending in ("docx", "pdf"):
            source = "page.docx" if ending == "pdf" else "page.fodt"
            run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/home", "--convert-to", ending, source,
                folder=Path(folder))  # fmt: skip
        shutil.move(Path(folder) / "page.pdf", path)
    return ["Sorrel Ledger, 8 November 2031", texts.HEADLINE, *texts.STORY[:6]]


def abiword_letter(path: Path) -> list[str]:
    lines = ("Port Sorrel, 9 November 2031", "To the public prosecutor:", *texts.STORY[8:12], "Tam Okerlund")
    body = "".join(f"{_rich(line)}\\par\\par " for line in lines)
    office(path, f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Liberation Serif;}}}}\\f0\\fs22 {body}}}", "rtf", "abiword")
    return list(lines)


def _rich(text: str) -> str:
    return "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in text)

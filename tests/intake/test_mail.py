import base64
import time
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from sayso.intake import mail
from sayso.intake.mail import mbox, mhtml, mime
from sayso.intake.records import Article, Lost, Member

BODY = (
    "The council said on Monday that the ships had left.\n\n> Two of them burnt, he wrote.\n-- \nAda Mirel\nGazette\n"
)
LONG = "The council said on Monday that the ships had left the harbour. " * 8
CALLED = "From: Ada Mirel <ada@quay.example>\n"


def read(data):
    found = list(mail.articles(data if isinstance(data, bytes) else data.encode()))
    articles = [one for one in found if isinstance(one, Article)]
    members = [one for one in found if isinstance(one, Member)]
    return articles, members, [one for one in found if isinstance(one, Lost)]


def one(data):
    (article,), members, lost = read(data)
    assert (members, lost) == ([], [])
    return article


def message(text=BODY, **fields):
    made = EmailMessage()
    for name, value in fields.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def test_a_message_fills_an_article():
    made = message(
        Subject="Fire on the Qué",
        From='"Mirel, Ada" <ada@quay.example>, Tom Oru <tom@quay.example>, lea@quay.example',
        Date="Fri, 02 May 2031 10:00:00 +0300 (EEST)",
        Message_ID="<a/b?c%d@quay.example>",
    )
    article = one(made.as_bytes())
    assert article.text == BODY
    assert article.title == "Fire on the Qué"
    assert article.authors == ("Mirel, Ada", "Tom Oru", "lea@quay.example")
    assert article.published == "2031-05-02T10:00:00+03:00"
    assert article.address == "mid:a%2Fb%3Fc%25d@quay.example"
    assert (article.publisher, [kind for kind, _ in article.notes]) == ("Mirel, Ada", ["publisher-proposed"])


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_text_comes_back_code_point_for_code_point(ends):
    text = ends.join(["Très ", "", "> > flowed ", "> lines ", "\tFrom the harbour", "-- ", "Ada", "", ""])
    assert one(CALLED.replace("\n", ends) + "Content-Type: text/plain; format=flowed" + ends * 2 + text).text == text


HEADERS = [
    ("Subject: =?utf-8?b?0KDRg9GB0Yw=?=\n =?utf-8?q?_und?= mehr", "title", "Русь und mehr"),
    ("Subject: =?utf-8?b?0KA=?= =?utf-8?b?0YPRgQ==?=", "title", "Рус"),
    ("Subject: =?x-nowhere?q?a=E9?=", "title", "aé"),
    ("Subject: =?iso-8859-1?q?Qu=E9?= raw", "title", "Qué raw"),
    ("Subject: =?utf-8?b?!!!?=", "title", "=?utf-8?b?!!!?="),
    ("Subject: a\n\tb\x1b[2J\u202e", "title", "a b [2J"),
    ("Subject: Qué", "title", "Qué"),
    ("subject : spaced", "title", "spaced"),
    ("Subject: first\nSubject: second", "title", "first"),
    ("From: =?utf-8?q?Mirel=2C_Ada?= <a@x.example>", "authors", ("Mirel, Ada",)),
    ("From: undisclosed", "authors", ("undisclosed",)),
    ("From: " + "(" * 3000, "authors", ("(" * 500,)),
    ("Date: 2 May 2031 10:00:00 EST", "published", "2031-05-02T10:00:00-05:00"),
    ("Date: Fri, 2 May 2031 10:00:00 GMT", "published", "2031-05-02T10:00:00Z"),
    ("Date: yesterday", "published", "yesterday"),
    ("Message-ID: none", "address", ""),
    ("Archived-At: <https://lists.example/a/1>\nMessage-ID: <a@b>", "address", "https://lists.example/a/1"),
    ("Archived-At: <javascript:x>\nMessage-ID: <a@b>", "address", "mid:a@b"),
    ('List-Id: "Harbour Wire" <wire.quay.example>', "publisher", "Harbour Wire"),
    ("List-Id: <wire.quay.example>", "publisher", ""),
    ("List-Unsubscribe: <mailto:x@y>\nFrom: The Tide <t@t.example>", "publisher", "The Tide"),
    ("List-Unsubscribe: <mailto:x@y>\nList-Post: <mailto:z@y>\nFrom: Ada <t@t.example>", "publisher", "Ada"),
]


@pytest.mark.parametrize(("header", "field", "expected"), HEADERS)
def test_a_header_is_understood(header, field, expected):
    article = one(header + "\n\n" + BODY)
    assert getattr(article, field) == expected
    assert {kind for kind, _ in article.notes} == ({"publisher-proposed"} if article.publisher else set())


CHARSETS = [
    ("utf-8", "Qué → ✓".encode(), "Qué → ✓", None),
    ("iso-8859-1", b"Qu\xe9 said", "Qué said", None),
    ("windows-1251", "Русь горит".encode("cp1251"), "Русь горит", None),
    ("us-ascii", "Qué".encode(), "Qué", None),
    ("x-unknown", b"Qu\xe9 said he", "Qué said he", "encoding-guessed"),
    ("", "Qué said".encode(), "Qué said", None),
    ("iso-2022-jp", "火事だ".encode("iso-2022-jp"), "火事だ", None),
    ("utf-7", "Qué".encode("utf-7"), "Qué", None),
    ("gb18030", "港口起火".encode("gb18030"), "港口起火", None),
]


@pytest.mark.parametrize(("charset", "raw", "text", "note"), CHARSETS)
@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_a_charset_is_believed_if_it_can_be(charset, raw, text, note, encoding):
    declared = f"Content-Type: text/plain; charset={charset}\n" if charset else ""
    if encoding == "base64":
        raw = base64.encodebytes(raw)
    elif encoding == "quoted-printable":
        raw = b"".join(b"=%02X" % byte for byte in raw)
    article = one(f"{declared}Content-Transfer-Encoding: {encoding}\n\n".encode() + raw)
    assert article.text == text
    assert [kind for kind, _ in article.notes] == ([note] if note else [])


BROKEN_BASE64 = [
    ("VGhlIHNoaXBz", "The ships", False),
    ("VGhlIHNo\naXBz\n", "The ships", False),
    ("VGhlIHNoaXBzIQ", "The ships!", False),
    ("VGhlIHNoaXBzI", "The ships", True),
    ("VGhl*IHNo-aXBz", "The ships", True),
]


@pytest.mark.parametrize(("raw", "text", "noted"), BROKEN_BASE64)
def test_broken_base64_is_read_as_far_as_it_goes(raw, text, noted):
    article = one(f"Content-Transfer-Encoding: base64\n\n{raw}")
    assert article.text == text
    assert [kind for kind, _ in article.notes] == ["transfer-damaged"] * noted


def test_uuencoded_text_is_read():
    assert one("Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n)5&AE('-H:7!S\n`\nend\n").text == "The ships"


def test_the_same_words_in_html_are_taken_once():
    made = message(LONG)
    made.add_alternative(f"<p>{LONG}</p>", subtype="html")
    assert one(made.as_bytes()).text == LONG + "\n"


def test_html_is_taken_where_the_plain_text_is_a_stub():
    made = message("Please view this message as HTML.")
    made.add_alternative(
        f"<html><style>p {{}}</style><p>Dear Tom,</p><p>{LONG}</p><div>Ada</div></html>", subtype="html"
    )
    assert one(made.as_bytes()).text == f"Dear Tom,\n\n{LONG.strip()}\n\nAda"


def test_short_plain_text_is_taken_where_the_html_says_no_more():
    made = message("Ships left.")
    made.add_alternative("<p>Ships left.</p>", subtype="html")
    assert one(made.as_bytes()).text == "Ships left.\n"


def test_html_alone_in_the_charset_of_its_header():
    assert one(b"Content-Type: text/html; charset=windows-1251\n\n<p>" + "Русь".encode("cp1251")).text == "Русь"


def test_a_list_footer_beside_html_does_not_replace_it():
    made = MIMEMultipart("mixed")
    made.attach(MIMEText(f"<p>{LONG}</p>", "html"))
    made.attach(MIMEText("____\nHarbour mailing list\n"))
    assert one(made.as_bytes()).text == f"{LONG.strip()}\n\n____\nHarbour mailing list\n"


def test_attachments_and_forwarded_messages_are_files_of_their_own():
    made = message(BODY)
    made.add_attachment(b"%PDF-1.7 \xff", maintype="application", subtype="pdf", filename="nöte.pdf")
    made.add_attachment("Minutes", filename="../../minutes.txt")
    made.add_attachment(b"\xff\xd8", maintype="image", subtype="jpeg", filename="quay.jpg")
    made.add_attachment(message("Inner", Subject="Inner"))
    (article,), members, lost = read(made.as_bytes())
    assert (article.text, lost) == (BODY, [])
    assert [(m.place, m.media_type) for m in members] == [
        ("attachment 1 (nöte.pdf)", "application/pdf"),
        ("attachment 2 (../../minutes.txt)", "text/plain"),
        ("attachment 3 (quay.jpg)", "image/jpeg"),
        ("attachment 4 (message.eml)", "message/rfc822"),
    ]
    assert members[0].data == b"%PDF-1.7 \xff"
    assert members[1].data == b"Minutes\n"
    assert one(members[3].data).text == "Inner\n"


def test_the_charset_of_a_text_that_is_attached_reaches_its_reader():
    data = parts("mixed", "\nShips left.", "Content-Type: text/plain; charset=windows-1251; name=a.txt\n\n@")
    _, (member,), _ = read(data.encode().replace(b"@", "Русь".encode("cp1251")))
    assert member.data.decode("utf-8-sig") == "Русь"


def test_what_a_message_is_drawn_with_is_part_of_it():
    made = message(LONG)
    made.add_alternative("<p>x <img src=cid:a>", subtype="html")
    made.get_payload()[1].add_related(b"\x89PNG", maintype="image", subtype="png", cid="<a>", filename="logo.png")
    assert one(made.as_bytes()).text == LONG + "\n"


def test_attachments_within_an_alternative_are_kept():
    made = message(LONG)
    made.add_alternative(f"<p>{LONG}", subtype="html")
    made.get_payload()[1].make_mixed()
    made.get_payload()[1].add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    (article,), members, _ = read(made.as_bytes())
    assert (article.text, [m.name for m in members]) == (LONG + "\n", ["a.pdf"])


def parts(kind, *bodies):
    joined = "".join(f"--b\n{body}\n" for body in bodies)
    return f'Content-Type: multipart/{kind}; boundary="b"\n\n{joined}--b--\n'


def test_texts_around_an_attachment_are_one_text():
    pdf = "Content-Type: application/pdf; name=a.pdf\nContent-Disposition: inline; filename=a.pdf\n\n%PDF-"
    (article,), (member,), lost = read(parts("mixed", "\nAbove.", pdf, "\nBelow."))
    assert (article.text, member.name, lost) == ("Above.\n\nBelow.", "a.pdf", [])


def test_a_signature_is_part_of_the_message():
    signed = parts("signed", "\nShips left.", "Content-Type: application/pgp-signature; name=s.asc\n\n-----BEGIN")
    assert one(signed).text == "Ships left."


SEALED = [
    (parts("encrypted", "Content-Type: application/pgp-encrypted\n\nVersion: 1", "\nx"), "encrypted"),
    ("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIIB", "encrypted"),
    ("\n-----BEGIN PGP MESSAGE-----\n\nhQEMA", "encrypted"),
    ("Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n\nMIIB", "format"),
    ("Content-Type: application/ms-tnef; name=winmail.dat\n\nx", "format"),
    ("Content-Type: message/partial; id=1; number=1\n\nx", "format"),
    ("Content-Type: image/png\n\nx", "empty"),
    ("Subject: x\n\n \n", "empty"),
    ("Subject: x", "empty"),
]


@pytest.mark.parametrize(("data", "kind"), SEALED)
def test_a_message_that_cannot_be_read_is_named(data, kind):
    articles, members, lost = read(data)
    assert (articles, members, [one.kind for one in lost]) == ([], [], [kind])


def test_a_digest_holds_messages():
    _, members, _ = read(parts("digest", "\nSubject: one\n\nFirst", "Content-Type: text/plain\n\nToC"))
    assert [m.data for m in members] == [b"Subject: one\n\nFirst"]


MISSHAPEN = [
    (parts("mixed", "\nShips left.")[:-6], "Ships left.\n", "message-cut"),
    ("Content-Type: multipart/mixed\n\nShips left.", "Ships left.", "message-no-boundary"),
    ("Content-Type: multipart/mixed; boundary=x\n\nShips left.", "Ships left.", "message-no-boundary"),
    ("Content-Type: ; boundary=b\n\n--b\n\nShips left.\n--b--\n", "Ships left.", None),
    ("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nShips\n--bc\nleft.\n--b--\n", "Ships\n--bc\nleft.", None),
    (
        "Content-Type: multipart/mixed; boundary=b\n\npreamble\n--b \t\n\nShips left.\n--b--\nepilogue",
        "Ships left.",
        None,
    ),
    ("No header at all, but words.", "", "empty"),
    ("\nNo header but a blank line.", "No header but a blank line.", None),
]


@pytest.mark.parametrize(("data", "text", "kind"), MISSHAPEN)
def test_a_misshapen_message_gives_what_it_has(data, text, kind):
    articles, _, lost = read(data)
    assert [a.text for a in articles] == ([text] if text else [])
    assert [one.kind for one in lost] == ([kind] if kind else [])


def test_old_macintosh_line_ends_are_line_ends():
    assert one("Subject: a\r\rShips\rleft.").text == "Ships\nleft."


def nested(depth):
    whole = "\nShips left."
    for level in range(depth):
        whole = f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n{whole}\n--b{level}--"
    return whole.encode()


HOSTILE = [
    nested(3000),
    b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\n\n" * 500_000,
    b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--ab\n" * 500_000,
    b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a" * 1_000_000,
    b"X: y\n" * 500_000 + b"\nShips left.",
    b"Subject: " + b"=?a?q?" * 300_000 + b"\n\nShips left.",
    b"Subject: a\n" + b" \n" * 500_000 + b"\nShips left.",
    b"From: " + b"a@b, " * 300_000 + b"\n\nShips left.",
    b"Content-Type: text/plain" + b';a="' * 300_000 + b"\n\nShips left.",
    b"Content-Type: text/plain" + b"; name*0*=a" * 100_000 + b"\n\nShips left.",
    b"A" * 3_000_000,
    b"\n" * 3_000_000,
    b"Content-Type: text/html\n\n" + b"<" * 200_000,
    b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=" * 3_000_000,
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_message_takes_no_time(data):
    started = time.process_time()
    list(mail.articles(data))
    assert time.process_time() - started < 3


def test_parts_beyond_the_bounds_are_named():
    assert [one.kind for one in read(nested(20))[2]] == ["message-too-deep"]
    many = parts("mixed", *["\nx"] * (mime.MOST_PARTS + 5))
    assert [one.kind for one in read(many)[2]] == ["message-too-many"]


FROM = "From ada@quay.example Fri May  2 10:00:00 2031\n"
MAILBOXES = [
    (FROM + "Subject: a\n\nFirst\n\n" + FROM + "Subject: b\n\nSecond\n", ["First\n", "Second\n"]),
    (FROM + "Subject: a\n\nFirst\n\nFrom here on.\n\nFrom 2031 at 10:00 it burnt.\n\n", ["First\n\nFrom here on."]),
    (FROM + "Subject: a\n\n>From us\n\n", [">From us\n"]),
    (
        (FROM + "Subject: a\n\nFirst\n\n" + FROM + "Subject: b\n\nSecond\n\n").replace("\n", "\r\n"),
        ["First\r\n", "Second\r\n"],
    ),
    ("From 123@xxx Fri May 02 10:00:00 +0000 2031\nSubject: a\n\nFirst\n", ["First\n"]),
    ("From \nSubject: a\n\nFirst\n\nFrom \nSubject: b\n\nFrom \nhere", ["First\n", "From \nhere"]),
    ("From - Fri May 02 10:00:00 2031\nX-Mozilla-Status: 1\n\nFirst\n", ["First\n"]),
    (
        FROM + f"Content-Length: {len(FROM) + 11}\n\nA\n\n{FROM}B: c\n\nd\n" + FROM + "Subject: b\n\nLast\n",
        ["A", "Last\n"],
    ),
    (
        FROM + "Content-Length: 7\n\nFirst\n\nis longer\n\n" + FROM + "Subject: b\n\nLast\n",
        ["First\n\nis longer\n", "Last\n"],
    ),
]


@pytest.mark.parametrize(("data", "texts"), MAILBOXES)
def test_a_mailbox_holds_messages(data, texts):
    assert mbox.looks_like(data.encode())
    found = list(mbox.articles(data.encode()))
    assert [m.place for m in found] == [f"message {number}" for number in range(1, len(texts) + 1)]
    assert all(m.name.endswith(".eml") for m in found)
    assert all(one(m.data).text.startswith(text) for m, text in zip(found, texts, strict=True))


def test_what_is_no_mailbox_is_named():
    assert [type(one) for one in mbox.articles(b"From here on it burnt.\n")] == [Lost]
    assert not mbox.looks_like(b"From Monday at 10:00 in 2031 on,\nit burnt.\n")


@pytest.mark.parametrize("line", ["\nFrom ", "\n\nFrom " + "1:1" * 60, FROM + "a: b\n\n"])
def test_a_hostile_mailbox_takes_no_time(line):
    data = (FROM + "Subject: a\n\n" + line * (3_000_000 // len(line))).encode()
    started = time.process_time()
    assert len(list(mbox.articles(data))) >= 1
    assert time.process_time() - started < 3


PAGE = "<html><head><title>Ships</title></head><body><p>Qué</p></body></html>"


def saved(page=PAGE, charset="utf-8", more="", **fields):
    made = MIMEMultipart("related", type="text/html")
    for name, value in {"From": "<Saved by Blink>", "Date": "Fri, 2 May 2031 10:00:00 +0300", **fields}.items():
        made[name.replace("_", "-")] = value
    root = MIMEText(page, "html", charset)
    root["Content-Location"] = "https://tide.example/a"
    made.attach(root)
    frame = MIMEText("<p>An advertisement", "html")
    frame["Content-Location"] = "cid:frame-1@mhtml.blink"
    made.attach(frame)
    return made.as_bytes()


def test_a_saved_page_is_its_page_with_address_and_time():
    data = saved(Snapshot_Content_Location="https://tide.example/a?b")
    assert mhtml.looks_like(data)
    (page,) = mhtml.articles(data)
    assert (page.data.decode(), page.media_type) == (PAGE, "text/html")
    assert (page.address, page.captured) == ("https://tide.example/a?b", "2031-05-02T07:00:00Z")
    assert next(mhtml.articles(saved())).address == "https://tide.example/a"


def test_the_charset_of_a_saved_page_reaches_its_reader():
    (page,) = mhtml.articles(saved(charset="iso-8859-1"))
    assert page.data.decode("utf-8-sig") == PAGE


def test_a_saved_page_whose_boundary_looks_like_an_end():
    edge = "----MultipartBoundary--x----"
    picture = f"--{edge}\nContent-Type: image/png\n\nx\n"
    data = (
        f'Content-Type: multipart/related; boundary="{edge}"\n\n{picture}--{edge}\nContent-Type: text/html\n\n{PAGE}\n'
    )
    (found,) = mhtml.articles(f"{data}--{edge}--\n".encode())
    assert found.data.decode() == PAGE


def test_a_saved_page_without_parts_or_without_a_page():
    (page,) = mhtml.articles(b"Content-Type: text/html\nContent-Location: file:///c:/a.html\n\n<p>x")
    assert (page.data, page.address) == (b"<p>x", "")
    assert [one.kind for one in mhtml.articles(b"Content-Type: image/png\n\nx")] == ["no-page"]
    assert not mhtml.looks_like(CALLED.encode())

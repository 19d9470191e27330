"""The workspace's addresses, and the server behind them."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import quote

from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sayso.kit import SaysoError, WrongUse
from sayso.model import UNSPECIFIED
from sayso.web import acts, drafts, handing, history, hypotheses, ledgers, lineage, pages, uploads
from sayso.web.desk import Desk
from sayso.web.drawing import KINDS_OF_FILE, draw, file
from sayso.web.requests import MOST_FIELDS, SIGNED, read_form, signed, signed_by, way_back
from sayso.web.safety import Keys, guard, new_address
from sayso.web.view import View
from sayso.workspace import Settings

HOST: Final = "127.0.0.1"
OK: Final = 200
PORT: Final = 8737
"""Where it is served unless told otherwise, or the next free port."""

MOST_SUGGESTED: Final = 5_000

MENU: Final = {
    "In one look": {"/": "In one look"},
    "Reports": {"/reports": "All reports", "/news": "What is new", "/echoes": "Who echoes whom",
                "/drift": "What changed on the way"},
    "Accounts": {"/tolls": "Tolls", "/responsibility": "Responsibility", "/timeline": "Timeline",
                 "/silence": "Silence"},
    "Weight": {"/weights": "What it rests on", "/hypotheses": "Hypotheses"},
    "Who": {"/names": "Names", "/voices": "Voices"},
    "Your work": {"/judgements": "Judgements", "/draft": "Check a draft", "/add": "Add reports",
                  "/hand-over": "Hand over"},
}  # fmt: skip
"""Groups of pages; the group that is open shows its own."""
DATED: Final = frozenset(
    {"/news", "/echoes", "/drift", "/tolls", "/responsibility", "/timeline", "/silence", "/weights"}
)
"""Pages that can be shown as of a day."""

Draw = Callable[[View, pages.Query], Markup]
DrawOne = Callable[..., Markup]
"""Given the view and the parts of the path."""


@dataclass(frozen=True, slots=True)
class Room:
    """What every address needs."""

    desk: Desk
    keys: Keys
    pile: uploads.Pile
    outbox: handing.Outbox
    by: str = ""
    """Who judges in a browser in which nobody has said so."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page."""

    name: str
    """The case's."""
    by: str
    is_following: bool
    """Whether it is still being worked out what follows from the last judgements."""
    day: str = ""
    """The day as of which the page is shown, "" for now: it goes along to the next page that can be."""
    is_sent: bool = False
    """Whether the page answers what a form sent: who leaves it, for to sign, cannot come back to it."""
    menu: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MENU)
    dated: frozenset[str] = DATED


def build(folder: Path, port: int = PORT, *, by: str = "") -> tuple[ASGIApp, Keys, Desk]:
    """The workspace of a case as an ASGI app behind its checks, with the keys that open it.

    `by` signs judgements in a browser in which nobody has said who they are.
    """
    keys = Keys(f"{HOST}:{port}")
    room = Room(Desk(folder), keys, uploads.Pile(), handing.Outbox(), by)
    missing = dict.fromkeys((404, 405), partial(_missing, room))
    return guard(Starlette(routes=_routes(room), exception_handlers=missing), keys), keys, room.desk


def _routes(room: Room) -> list[Route]:
    shown: dict[str, tuple[str, Draw]] = {
        "/": ("In one look", pages.home),
        "/reports": ("Reports", pages.list_reports),
        "/names": ("Names", pages.names),
        "/voices": ("Voices", pages.list_voices),
        "/judgements": ("Judgements", history.judgements),
        "/search": ("Search", pages.find),
        "/hypotheses": ("Hypotheses", hypotheses.choose),
        "/draft": ("Check a draft", drafts.empty),
        "/tolls": ("Tolls", ledgers.list_tolls),
        "/responsibility": ("Responsibility", ledgers.responsibility),
        "/timeline": ("Timeline", ledgers.moments),
        "/silence": ("Silence", ledgers.silent),
        "/news": ("What is new", ledgers.fresh),
        "/echoes": ("Who echoes whom", lineage.echoes),
        "/drift": ("What changed on the way", lineage.changed),
        "/weights": ("What it rests on", lineage.weights),
    }
    single: dict[str, tuple[str, DrawOne]] = {
        "/reports/{name}": ("Report", pages.report),
        "/names/{name}": ("Name", pages.name),
        "/voices/{name}": ("Voice", pages.voice),
        "/incidents/{name}": ("Incident", pages.incident),
        "/weights/{question}": ("What it rests on", lineage.weight),
        "/hypotheses/{question}/{row}": ("Evidence", hypotheses.row),
    }
    done: dict[str, acts.Act] = {
        "/judge": acts.judge,
        "/correct": acts.correct,
        "/passages": acts.add_passage,
        "/names": acts.judge_names,
        "/rate": acts.rate,
        "/hypotheses": acts.list_hypotheses,
        "/undo": acts.undo,
    }
    return [
        *(Route(path, _page(room, title, made), methods=["GET"]) for path, (title, made) in shown.items()),
        *(Route(path, _one(room, title, made), methods=["GET"]) for path, (title, made) in single.items()),
        *(Route(path, _act(room, act), methods=["POST"]) for path, act in done.items()),
        Route("/hypotheses/{question}", _whole(room, partial(_matrix, room)), methods=["GET"]),
        Route("/as-of", _whole(room, partial(_as_of, room)), methods=["GET"]),
        Route("/at/{report:int}/{sentence:int}", _whole(room, partial(_at, room)), methods=["GET"]),
        Route("/draft", _posted(room, partial(_draft, room)), methods=["POST"]),
        Route("/me", _posted(room, partial(_sign, room)), methods=["POST"]),
        Route("/another", _posted(room, partial(_another, room)), methods=["POST"]),
        Route("/add", _whole(room, partial(_add, room)), methods=["GET"]),
        Route("/add", _posted(room, partial(_begin, room)), methods=["POST"]),
        Route("/add/file", partial(_dropped, room), methods=["POST"]),
        Route("/suggestions", _whole(room, partial(_suggestions, room)), methods=["GET"]),
        Route("/following", partial(_following, room), methods=["GET"]),
        Route("/hand-over", _whole(room, partial(_handing, room)), methods=["GET"]),
        Route("/hand-over", _posted(room, partial(_hand_over, room), handing.MOST_FIELDS), methods=["POST"]),
        Route("/hand-over/progress", partial(_writing, room), methods=["GET"]),
        Route("/hand-over/{key}", _whole(room, partial(_taken, room)), methods=["GET"]),
        Route("/add/progress", partial(_progress, room), methods=["GET"]),
        *(Route(f"/{name}", partial(_file, name), methods=["GET"]) for name in KINDS_OF_FILE),
        Route("/favicon.ico", lambda _: Response(status_code=204), methods=["GET"]),
    ]


Answer = Callable[[Request], Awaitable[Response]]


def _page(room: Room, title: str, made: Draw) -> Answer:
    def answer(request: Request) -> Response:
        return _framed(room, request, title, made(_seen(room, request), request.query_params))

    return _whole(room, answer)


def _one(room: Room, title: str, made: DrawOne) -> Answer:
    def answer(request: Request) -> Response:
        return _framed(room, request, title, made(_seen(room, request), *request.path_params.values()))

    return _whole(room, answer)


def _seen(room: Room, request: Request) -> View:
    """The case as it is, or as of the day that is asked for, on pages that can be shown so."""
    day = request.query_params.get("day", "") if _page_of(request) in DATED else ""
    return room.desk.as_of(day) if day else room.desk.view()


def _page_of(request: Request) -> str:
    """The page of the menu that this one belongs to."""
    return "/" + request.url.path.strip("/").partition("/")[0]


def _act(room: Room, act: acts.Act) -> Answer:
    def answer(request: Request, fields: dict[str, str]) -> Response:
        told = signed(fields.get("by", ""))
        by = told or _signature(room, request)
        if not by:
            return _who(room, request, fields)
        answer = RedirectResponse(way_back(fields, act(room.desk, fields, by)), 303)
        return _signed(answer, told) if told else answer

    return _posted(room, answer)


def _whole(room: Room, made: Callable[[Request], Response]) -> Answer:
    """Pages are drawn beside the loop, so that one that takes long holds up no other; mistakes become a page."""

    async def answer(request: Request) -> Response:
        # Looked at before the page is drawn: a page that is older than it says would never be looked at anew.
        request.state.is_following = room.desk.is_following
        try:
            return await run_in_threadpool(made, request)
        except SaysoError as problem:
            return await run_in_threadpool(_told, room, request, problem)

    return answer


def _posted(room: Room, made: Callable[[Request, dict[str, str]], Response], most: int = MOST_FIELDS) -> Answer:
    async def answer(request: Request) -> Response:
        fields: dict[str, str] = {}
        try:
            fields = await read_form(request, most)
            return await run_in_threadpool(made, request, fields)
        except SaysoError as problem:
            return await run_in_threadpool(_told, room, request, problem, fields)

    return answer


def _framed(room: Room, request: Request, title: str, body: Markup, status: int = OK) -> Response:
    is_following = getattr(request.state, "is_following", False)
    name, here = room.desk.folder.resolve().name.removesuffix(".case"), _page_of(request)
    day = request.query_params.get("day", "") if status == OK and here in {"/as-of", *DATED} else ""
    frame = Frame(name, _signature(room, request), is_following, day, is_sent=request.method == "POST")
    places = {"here": here, "path": request.url.path, "page": here.strip("/") or "home"}
    return HTMLResponse(draw("frame", frame=frame, title=title, body=body, **places), status)


def _told(room: Room, request: Request, problem: SaysoError, fields: dict[str, str] | None = None) -> Response:
    """What went wrong, as a page. What was sent can be sent again: nothing that a person wrote is lost."""
    status = 404 if isinstance(problem, pages.Missing) else 400 if isinstance(problem, WrongUse) else 409
    again = (
        {"path": request.url.path, "fields": list(fields.items()), "ask": False} if fields and status == 409 else None
    )
    back = way_back(fields or {})
    heading = "Not there" if status == 404 else "Not done"
    body = draw("message", heading=heading, words=str(problem), address="", again=again, back=back)
    return _framed(room, request, heading, body, status)


async def _missing(room: Room, request: Request, _problem: Exception) -> Response:
    return await run_in_threadpool(_told, room, request, pages.Missing("The workspace has no page at this address."))


def _as_of(room: Room, request: Request) -> Response:
    view = room.desk.as_of(request.query_params.get("day", ""))
    return _framed(room, request, "As known on a day", pages.home(view, request.query_params))


def _matrix(room: Room, request: Request) -> Response:
    body = hypotheses.matrix(_seen(room, request), request.path_params["question"], request.query_params)
    return _framed(room, request, "Hypotheses", body)


def _at(room: Room, request: Request) -> Response:
    """Leads to a sentence by the numbers that the page writes: report:sentence."""
    view, number = room.desk.view(), request.path_params["report"]
    if not 0 < number <= len(view.case.reports):
        raise pages.Missing("The case has no report of this number.")
    return RedirectResponse(view.address("s", number, str(request.path_params["sentence"])), 303)


def _who(room: Room, request: Request, fields: dict[str, str]) -> Response:
    """Asks once who judges; then what was asked for is done."""
    words = (
        "Every judgement is kept with the name of who made it. Yours is asked for once, until you close the browser."
    )
    again = {"path": request.url.path, "fields": [pair for pair in fields.items() if pair[0] != "by"], "ask": True}
    back = way_back(fields)
    body = draw("message", heading="Who are you?", words=words, address="", again=again, back=back)
    return _framed(room, request, "Who are you?", body)


def _sign(_room: Room, _request: Request, fields: dict[str, str]) -> Response:
    if not (by := signed(fields.get("by", ""))):
        raise WrongUse("A judgement needs to say who judged: give a name.")
    return _signed(RedirectResponse(way_back(fields), 303), by)


def _signed(answer: Response, name: str) -> Response:
    """The answer with the name, which the browser keeps until it is closed: the next may be somebody else's visit."""
    answer.set_cookie(SIGNED, quote(name), httponly=True, samesite="strict", path="/")
    return answer


def _signature(room: Room, request: Request) -> str:
    return signed_by(request) or room.by


def _another(room: Room, request: Request, _fields: dict[str, str]) -> Response:
    words = "This address opens the workspace in one more browser of this machine, once."
    body = draw("message", heading="Another browser", words=words, address=new_address(room.keys), again=None, back="/")
    return _framed(room, request, "Another browser", body)


def _draft(room: Room, request: Request, fields: dict[str, str]) -> Response:
    return _framed(room, request, "Check a draft", drafts.check(room.desk.view(), fields))


def _add(room: Room, request: Request) -> Response:
    return _framed(room, request, "Add reports", draw("add", now=uploads.progress(room.pile), names=room.pile.names))


def _begin(room: Room, _request: Request, fields: dict[str, str]) -> Response:
    publisher, published = (fields.get(name, "").strip() for name in ("publisher", "published"))
    uploads.begin(room.pile, room.desk, Settings(publisher=publisher, published=published))
    return RedirectResponse("/add", 303)


async def _dropped(room: Room, request: Request) -> Response:
    try:
        name = await uploads.lay_down(room.pile, request.query_params.get("name", ""), request.stream())
    except SaysoError as problem:
        return JSONResponse({"problem": str(problem)}, 400)
    return JSONResponse({"name": name})


async def _progress(room: Room, _request: Request) -> Response:
    return JSONResponse(uploads.progress(room.pile))


def _suggestions(room: Room, _request: Request) -> Response:
    """The names of all voices, those most heard first: what can be chosen where somebody says who speaks."""
    voices = (one.name for one in room.desk.view().case.voices if one.name != UNSPECIFIED)
    return JSONResponse(list(islice(dict.fromkeys(voices), MOST_SUGGESTED)))


def _handing(room: Room, request: Request) -> Response:
    return _framed(room, request, "Hand over", handing.page(room.outbox, room.desk.view(), request.query_params))


def _hand_over(room: Room, _request: Request, fields: dict[str, str]) -> Response:
    handing.begin(room.outbox, room.desk, handing.wanted(room.desk.view().case, fields))
    return RedirectResponse("/hand-over", 303)


async def _writing(room: Room, _request: Request) -> Response:
    return JSONResponse(handing.progress(room.outbox))


def _taken(room: Room, request: Request) -> Response:
    """Always to be kept, never to be shown: what it holds is a page of another origin than the workspace's."""
    one = handing.taken(room.outbox, request.path_params["key"])
    return FileResponse(one.file, media_type="application/octet-stream", filename=one.name)


async def _following(room: Room, _request: Request) -> Response:
    return JSONResponse(room.desk.is_following)


async def _file(name: str, _request: Request) -> Response:
    return Response(file(name), media_type=KINDS_OF_FILE[name])


def serve(folder: Path, *, port: int | None, by: str = "", tell: Callable[[str], None]) -> None:
    """Serve a case until Ctrl-C. `tell` is given the address that opens it. `SaysoError` where it cannot be served."""
    import uvicorn

    with _listening(port) as listening:
        app, keys, desk = build(folder, listening.getsockname()[1], by=by)
        desk.warm()
        tell(new_address(keys))
        threading.Thread(target=desk.remember, name="remembering", daemon=True).start()
        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, ws="none",
            lifespan="off", timeout_graceful_shutdown=2,
        )  # fmt: skip
        uvicorn.Server(config).run(sockets=[listening])


def _listening(port: int | None) -> socket.socket:
    """A socket of this machine alone: at the port that is asked for, else at the usual one or any that is free."""
    for one in (PORT, 0) if port is None else (port,):
        # asyncio sends at once only where the protocol is named: without it each answer is held up for 40 ms.
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind((HOST, one))
            found.listen(64)  # the address is told before the server runs: who comes at once waits
        except OSError as error:
            found.close()
            refused = error
        else:
            return found
    raise SaysoError(f"Port {port} cannot be used ({refused.strerror}). Name another with --port, or leave that out.")

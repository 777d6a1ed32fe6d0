"""What the server says when it does not answer: a page for a browser, plain text for a program."""

from __future__ import annotations

from enum import Enum

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from graph.serve.pages import language, render


class Problem(Enum):
    """A reason not to answer: status, Chinese and English sentence."""

    HOST = (400, "请求的主机名不是本服务的地址。", "The Host of the request is not an address of this server.")
    ORIGIN = (403, "不接受来自其他网站的请求。", "Requests from other sites are not accepted.")
    ADDRESS = (414, "网址过长（最多 {most} 字节）。请用 POST 提交查询。",
               "The address is too long (at most {most} bytes). Send the query by POST.")  # fmt: skip
    BODY = (413, "请求内容过大（最多 {most} 字节）。", "The request is too large (at most {most} bytes).")
    NOT_FOUND = (404, "没有这个页面。", "There is no such page.")
    METHOD = (405, "此地址不接受这种请求方法。", "This address does not take that method.")
    QUERY = (400, "网址中的参数有误：{why}", "A value in the address is wrong: {why}")
    STORE = (503, "目前没有可读的图：{why}", "There is no graph to read at present: {why}")
    SERVER = (500, "服务器内部出错。终端里有详细记录。", "The server met an error. The terminal has the details.")

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value[0]


def problem_answer(request: Request, problem: Problem, **words: object) -> Response:
    """The answer of a problem; ``words`` fill its sentence."""
    lang = language(request)
    status, chinese, english = problem.value
    text = (english if lang == "en" else chinese).format(**words)
    if "text/html" in request.headers.get("accept", "") and problem is not Problem.HOST:  # a wrong host is not worth a page
        return render(request, "error.html", status=status, code=status, message=text)
    return PlainTextResponse(text + "\n", status)

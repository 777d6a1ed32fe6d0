"""What the script of the editor says, in Chinese and English."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "run": ("运行", "Run"),
    "running": ("正在查询… {n} 秒", "Running… {n} s"),
    "stopped": ("已停止。", "Stopped."),
    "rows": ("{n} 行", "{n} rows"),
    "row": ("1 行", "1 row"),
    "none": ("没有符合条件的结果。", "Nothing fits."),
    "took": ("用时 {n} 秒", "{n} s"),
    "yes": ("是（true）", "Yes (true)"),
    "no": ("否（false）", "No (false)"),
    "cut_rows": ("结果未显示完：这里只有前 {n} 行。请加条件或 LIMIT 缩小范围，或下载全部。",
                 "This is not the whole answer: only the first {n} rows. Narrow the query, or download all."),
    "cut_size": ("结果未显示完：数据量达到上限，这里只有前 {n} 行。请减少列或缩小范围。",
                 "This is not the whole answer: it reached the limit on size, and these are the first {n} rows. Narrow the query."),
    "more": ("再显示 {n} 行", "Show {n} more rows"),
    "shown": ("已显示 {n} / {all} 行", "{n} of {all} rows shown"),
    "graph": ("{n} 条三元组（Turtle）", "{n} statements (Turtle)"),
    "part": ("只显示开头部分，下载可得全部。", "Only the beginning is shown; download all."),
    "copied": ("链接已复制", "Link copied"),
    "copy_by_hand": ("请复制此链接", "Copy this link"),
    "line_wrong": ("此行有语法错误。此处可写：{words}", "This line is not valid. Expected: {words}"),
    "class": ("类", "class"),
    "property": ("属性", "property"),
    "code": ("代码", "code"),
    "failed_download": ("下载失败：", "The download failed: "),
    "error_syntax": ("查询有语法错误（第 {line} 行第 {column} 列）。",
                     "The query is not valid SPARQL (line {line}, column {column})."),
    "why_prefix": ("前缀没有声明。", "A prefix is not declared."),
    "why_expected": ("此处应为：{words}", "Expected here: {words}"),
    "error_refused": ("不允许这样查询：只能读取本图的数据（不能更新，不能用 SERVICE，FROM 只能用本图中的图名）。",
                      "This is not allowed: queries only read this graph (no updates, no SERVICE, FROM only for graphs of it)."),
    "error_large": ("结果超过服务器上限（{rows} 行，{megabytes} MB）。请缩小范围或加 LIMIT。",
                    "The answer exceeds the limits ({rows} rows, {megabytes} MB). Narrow the query or add a LIMIT."),
    "error_timeout": ("查询超过 {seconds} 秒，已被终止。请缩小范围，或加 LIMIT。",
                      "The query was ended after {seconds} seconds. Narrow it, or add a LIMIT."),
    "error_busy": ("同时运行的查询已达上限，请稍后再试。", "Too many queries are running. Try again in a few seconds."),
    "error_form": ("这种结果不能用所选格式。", "That form cannot hold this kind of answer."),
    "error_store": ("目前没有可读的图。", "There is no graph to read at present."),
    "error_failed": ("查询未能完成。", "The query could not be answered."),
    "error_request": ("请求有误。", "The request is not valid."),
    "error_network": ("连接不到服务器：它可能已经停止。", "The server cannot be reached: it may have been stopped."),
}  # fmt: skip
"""Key to Chinese and English; ``{name}`` is filled in by the script."""


def words(lang: str) -> dict[str, str]:
    """The words of one language."""
    return {key: pair[lang == "en"] for key, pair in WORDS.items()}

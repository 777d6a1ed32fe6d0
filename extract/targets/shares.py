"""Shares of things: 60%以上的农户庭院达到标准, 工程覆盖70%以上的人口, 100%整改."""

from __future__ import annotations

import re

from extract.targets.scene import Scene
from extract.targets.words import clean, tail

Sense = tuple[str, float, str]
"""A name, a confidence and its reason."""
CONDITION_HEAD = re.compile(r"(?:对|对于|凡|凡是|如|若|当|经|(?:其他)?(?:满足|符合)|因|按照|依据|根据|鼓励[^，]{0,20}对)")
_SHARE_SET = re.compile(r"(?:安排|预留|拿出|划出|提取|保证|落实|配置|确保|设置|配建|建设|保留)$")
COVERED = re.compile(
    r"的?([^，,。；;\d]{1,20}?)(?:达到|实现|完成|建成|建立|建有|配备|具备|开展|接入|通过|纳入|覆盖|的活动覆盖|用于|基本|设立在|设在"
    r"|集中在|来源于|来自|参加|参与|享有|享受|用上|进入|成为|拥有|掌握)"
)
_COVERS = re.compile(r"覆盖(?:[全各][省市县区域]|辖区内?)?$")
_COVERED_BY = re.compile(r"的?([一-鿿]{2,10})(?:$|[，,。；;、])")
_REACHED = re.compile(r"[^，,。；;：:、（）()\d的]{2,16}(?=$|[，,。；;）)])")
_BY_WHOM = re.compile(r"对(?:我[市省县区])?$")
_BY_SHARE = re.compile(r"按照?(?:不低于|不少于|不超过|不高于)?[^，]{0,12}$")
_BUILT_BY = re.compile(r"的?比例(?!兑现|拨付|发放|分[担配]|[承负]担)([一-鿿]{2,10})(?=$|[，,。；;])")
_FULL_VERB = re.compile(r"([一-鿿]{2,4})(?=$|[^一-鿿])|(建设|安装|落实|完成|达标|覆盖|整改|整治|销号|纳入|配备)")
_DONE_BY = re.compile(r"((?:达到|实现|完成|建成|建有|配备|接入|通过|纳入|参加)[^，,。；;\d]{2,14})(?:$|[，,。；;])")


def coverage(scene: Scene) -> Sense | None:
    """60%以上的农户庭院达到标准, 100%整改: a share of the things that follow or stand before."""
    f, pre, post = scene.last, scene.pre, scene.post
    if f.change or (CONDITION_HEAD.match(scene.head) and "的" in post[1:]):
        return None
    holder = pre.partition(scene.compared)[0] if scene.compared else pre
    if scene.compared and _SHARE_SET.search(holder) and (m := re.match(r"的([^，,。；;]{2,16})", post)):
        return (m[1] + "比例", 1.0, "")
    if f.after and _COVERS.search(pre) and (m := _COVERED_BY.match(post)):  # 管网覆盖80%以上的村庄
        return (tail(clean(pre)) + m[1] + "比例", 0.8, "所覆盖事物的份额")
    described = f.after or (scene.by and post.startswith("的")) or (scene.compared and len(clean(holder)) < 2)
    if described and (m := COVERED.match(post)):
        of = clean(m[1]) if m[1] not in ("基本", "全面") else tail(clean(pre))
        reached = _REACHED.match(post, m.end(1))
        of = clean(_BY_WHOM.sub("", pre)) + "覆盖" + m[1] if _BY_WHOM.search(pre) and "覆盖" in m[0] else of
        of += reached[0] if reached and len(of + reached[0]) < 17 and m[1] not in ("基本", "全面") else ""
        return (of + "比例", 0.8, "其后所述事项的份额") if len(of) > 1 or of in ("村", "户") else None
    if _BY_SHARE.search(pre) and (m := _BUILT_BY.match(post)):
        return (m[1] + "比例", 0.8, "按比例所办的事项")
    if f.after and not f.before and (m := _DONE_BY.match(post)) and len(clean(pre)) > 3 and not scene.gives:
        return (tail(clean(pre)) + m[1] + "比例", 0.8, "前面所述事项的份额")
    if f.value == 100 and not f.before and (m := _FULL_VERB.match(post)):
        name = clean(pre)
        what = _REACHED.match(post, m.end()) if m[2] else None
        done = m[2] + what[0] + "比例" if what else (m[1] or m[2]) + "率"
        return (tail(name) + done, 1.0, "") if len(name) >= 2 else None
    return None

"""Texts with one slip each in a waiver: a word of the form, a rule, a date."""

from __future__ import annotations

import random

from slip_marks import Maker, Makers

_REASONS = ("照录来函", "合同原文如此", "县志旧称", "牌匾用字", "家信照登", "碑文原样")
_WAIVED = ("DAT002", "NUM008", "PUN010")
_FAULTS = {"DAT002": "3月05日，{}开渠。", "NUM008": "{}亩产增加.5吨。", "PUN010": "{}修渠，，种树。"}
"""What each of them reports."""
_PLACES = ("溪口镇", "松柏村", "云台县", "柳林乡")
MAKERS: Makers[Maker] = Makers()
"""By the code of the rule."""
of = MAKERS.of


def _waived(rng: random.Random, comment: str, *, code: str = "") -> str:
    """A sentence with a fault, and behind it the comment that waives it; {code} and {reason} are filled in."""
    code = code or rng.choice(_WAIVED)
    sentence = _FAULTS.get(code, "{}开渠。").format(rng.choice(_PLACES))
    filled = comment.replace("{code}", code).replace("{reason}", rng.choice(_REASONS))
    return f"{sentence}‹<!-- bulletin-lint: {filled} -->›"


@of("WVR001")
def _no_reason(rng: random.Random) -> str:
    return _waived(rng, rng.choice(("ignore[{code}]⟦¦ {reason}⟧", "ignore-file[{code}] ⟦——¦{reason}⟧")))


@of("WVR002")
def _malformed(rng: random.Random) -> str:
    word = rng.choice(("ignroe", "ignor", "ignored", "igonre"))
    return _waived(
        rng,
        rng.choice(
            (
                f"⟦{word}¦ignore⟧[{{code}}] {{reason}}",
                "ignore[{code}] until=2999-⟦13¦12⟧-01 {reason}",
                "ignore⟦({code})¦[{code}]⟧ {reason}",
            )
        ),
    )


@of("WVR003")
def _unknown(rng: random.Random) -> str:
    code = rng.choice(_WAIVED)
    wrong = rng.choice((f"{code[:3]}9{code[4:]}", f"{code}1", f"{code[:2]}{code[3:]}"))
    return _waived(rng, f"ignore[⟦{wrong}¦{code}⟧] {{reason}}", code=code)


@of("WVR004")
def _not_waivable(rng: random.Random) -> str:
    wrong = f"WVR00{rng.randint(1, 6)}"
    code = rng.choice(_WAIVED)
    return _waived(rng, f"ignore[⟦{wrong}¦{code}⟧] {{reason}}", code=code)


@of("WVR005")
def _expired(rng: random.Random) -> str:
    year = rng.randint(2010, 2024)
    return _waived(
        rng, f"ignore[{{code}}] until=⟦{year}¦2{year % 1000 + 100:03}⟧-0{rng.randint(1, 9)}-15 {{reason}}"
    )


@of("WVR006")
def _unused(rng: random.Random) -> str:
    code = rng.choice(_WAIVED)
    other = rng.choice([each for each in _WAIVED if each != code])
    return _waived(rng, f"ignore[⟦{other}¦{code}⟧] {{reason}}", code=code)

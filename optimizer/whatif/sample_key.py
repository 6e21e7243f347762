"""What a sample hangs on, and its key: samples of the same key are the same bytes."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from optimizer import __version__
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.scenario import Scenario
from optimizer.domain.study import BASE, Study, Variant

SIMULATION: Final = "3"
"""Raised whenever the same study would be simulated otherwise: samples of before are not taken for those of now."""
THE_BASE = Variant(name=BASE)
"""The base as a variant without changes."""


def of_samples(study: Study, variant: Variant) -> Study:
    """Return the part of a study that a variant's samples hang on; the simulation is shown no more than this.

    How many chains there are, when it stops, what is aimed at, asked or told, and the other variants are left out. So
    a study may get one more variant, or more chains, and keeps the samples it has.

    Parameters
    ----------
    study : the study
    variant : one of its variants, or another one
    """
    return Study(
        name="samples",
        base=BASE,
        days=study.days,
        warm_up_days=study.warm_up_days,
        seed=study.seed,
        effort=study.effort,
        variants=() if variant.name == BASE else (variant.model_copy(update={"story": ""}),),
    )


def shared_facts(study: Study, base: Scenario, model: BaseModel) -> dict[str, str]:
    """Return what all samples of a study hang on, as short texts that can be compared one by one.

    Parameters
    ----------
    study : the study
    base : its base
    model : the demand model
    """
    return {
        "program": __version__,
        "simulation": SIMULATION,
        "base": scenario_sha256(base),
        "demand": _sha256(model.model_dump(mode="json")),
        "days": str(study.days),
        "warm_up_days": str(study.warm_up_days),
        "seed": str(study.seed),
        "effort": study.effort.model_dump_json(),
    }


def sample_key(shared: Mapping[str, str], study: Study, variant: Variant, chain: int) -> str:
    """Return the key of a sample, SHA-256 in hex.

    Parameters
    ----------
    shared : `shared_facts` of the study
    study : the study
    variant : whose sample
    chain : which chain
    """
    part = of_samples(study, variant).model_dump(mode="json")
    return _sha256({"shared": dict(shared), "study": part, "variant": variant.name, "chain": chain})


def _sha256(content: Any) -> str:
    """Hash JSON with sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()

"""Changes a scenario by a merge patch in which records are named by their ids.

References
----------
Hoffman, Snell (2014), JSON Merge Patch, RFC 7396. Beyond it: `jobs`, `technicians` and `branches` may be given as an
object from id to patch, since a merge patch can only replace a list as a whole.
"""

from typing import Any

from service.scenarios.changes import IDS, by_id


def patched(document: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """Return a scenario's document with a patch applied.

    Parameters
    ----------
    document : the scenario as a document
    patch : what changes; null removes
    """
    result = dict(document)
    for name, change in patch.items():
        if name in IDS and isinstance(change, dict):
            result[name] = _records(result.get(name), change, IDS[name])
        elif change is None:
            result.pop(name, None)
        else:
            result[name] = _merged(result.get(name), change)
    return result


def _records(records: Any, change: dict[str, Any], id_name: str) -> list[Any]:
    """Return records with those changed, removed and added that a patch names; new ones come last."""
    result = by_id(records, id_name)
    for name, patch in change.items():
        if patch is None:
            result.pop(name, None)
        else:
            result[name] = _merged(result.get(name, {id_name: name}), patch)
    return list(result.values())


def _merged(value: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    result = dict(value) if isinstance(value, dict) else {}
    for name, change in patch.items():
        if change is None:
            result.pop(name, None)
        else:
            result[name] = _merged(result.get(name), change)
    return result

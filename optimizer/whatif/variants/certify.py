"""People get certificates."""

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import Certify
from optimizer.domain.technician import Certificate, Technician
from optimizer.whatif.variants import names
from optimizer.whatif.variants.base import ChangeKind
from optimizer.whatif.variants.people import changed, chosen


class CertifyKind(ChangeKind[Certify]):
    """People get certificates, in place of those of that name they had."""

    patch = Certify

    def applied(self, scenario: Scenario, patch: Certify) -> Scenario:
        """Return the scenario in which these people hold the certificates."""
        known = names.certificates(scenario)
        names.refuse(names.all_unknown("certificate", "certificates", patch.certificates, known))
        new = tuple(Certificate(name=name) for name in dict.fromkeys(patch.certificates))

        def change(one: Technician) -> Technician:
            kept = tuple(old for old in one.certificates if old.name not in patch.certificates)
            return one.model_copy(update={"certificates": (*kept, *new)})

        return changed(scenario, chosen(scenario, patch.who), change)


KIND = CertifyKind()

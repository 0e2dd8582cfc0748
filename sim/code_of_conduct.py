"""The text of a code of conduct: its provisions, its depth, its governance position, and who may
sign (docs/odd.md, section 2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sim.errors import InputError, nearest
from sim.kinds_and_statuses import KINDS
from sim.reading import Section

CONDUCTS = ("operation", "practice", "strike-back")
PROVISION_COLUMNS = (
    "principle",
    "short_name",
    "binds",
    "restraint",
    "burden",
    "position",
    "ambition",
    "breaking_it_is",
    "conduct",
)

PREVENTION = "states must prevent it"  # in the column `binds`: states have to stop others
_BOUND = {
    "states": {"state"},
    "firms": {"firm"},
    "platforms": {"platform"},
    "ngos": {"ngo"},
    "all": set(KINDS),
    PREVENTION: set[str](),
}

# the least restraint of a provision that forbids an operation, where its table says nothing
_OPERATION_RESTRAINT = 0.4


@dataclass(frozen=True)
class Provision:
    """One principle of a code. Restraint, burden and ambition lie in [0, 1], the governance
    position in [-1, 1].

    `binds` is as in the table of provisions: `states`, `firms`, `platforms`, `ngos`, `all`, several
    of them with semicolons between; `states must prevent it` binds states to stop others. `conduct`
    is the kind of a breach: an *operation*, a *practice* that lapses, or a firm's own
    *strike-back*.
    """

    principle: int
    short_name: str
    binds: str
    restraint: float
    burden: float
    position: float
    ambition: float
    breaking_it_is: str
    conduct: str

    @property
    def bound(self) -> frozenset[str]:
        """Those whom the provision binds: some of state, firm, platform, ngo."""
        return frozenset().union(*(_BOUND[part] for part in _parts(self.binds)))

    @property
    def prevented_by_states(self) -> bool:
        """Whether states have to prevent breaches by others."""
        return PREVENTION in _parts(self.binds)

    def binds_a(self, kind: str, platform: bool = False) -> bool:
        """Whether it binds a stakeholder of *kind* (state, firm, ngo); *platform* says that a firm
        is one.
        """
        return kind in self.bound or (platform and "platform" in self.bound)


@dataclass(frozen=True)
class Code:
    """A code of conduct as it opens for signature. Its position (openness, public rule) lies in [0,
    1] on both axes.

    `convenor` is a state (iso3) or None; `convenor_club` is the column of states.csv that lists the
    convenor's club, or None; `may_sign` holds some of state, firm, ngo in this order.
    """

    name: str
    launch: date
    convenor: str | None
    convenor_club: str | None
    openness: float
    public_rule: float
    may_sign: tuple[str, ...]
    provisions: tuple[Provision, ...]

    @property
    def depth_restraint(self) -> float:
        """The restraint that the text demands, in [0, 1]: the mean ambition, weighted by loadings
        on restraint.
        """
        return _depth([(p.restraint, p.ambition) for p in self.provisions])

    @property
    def depth_burden(self) -> float:
        """The effort that the text demands, in [0, 1]: the mean ambition, weighted by loadings on
        burden.
        """
        return _depth([(p.burden, p.ambition) for p in self.provisions])

    @property
    def depth(self) -> float:
        """The mean of both depths, in [0, 1]. It rises with the ambition of any provision that has
        a loading on either; the motives of signing use the two depths alone.
        """
        return (self.depth_restraint + self.depth_burden) / 2

    def with_ambition(self, principle: int, ambition: float) -> Code:
        """The same code, with another *ambition* in one provision."""
        return replace(
            self,
            provisions=tuple(
                replace(p, ambition=ambition) if p.principle == principle else p
                for p in self.provisions
            ),
        )


def _depth(provisions: list[tuple[float, float]]) -> float:
    total = sum(loading for loading, _ in provisions)
    return sum(loading * ambition for loading, ambition in provisions) / total if total > 0 else 0.0


def _parts(binds: str) -> list[str]:
    return [part.strip() for part in binds.split(";")]


def default_conduct(binds: str, restraint: float) -> str:
    """The kind of a breach where the table of provisions does not have it: a strike-back where
    states must prevent it, an operation where the provision demands much restraint, else a
    practice.
    """
    if PREVENTION in _parts(binds):
        return "strike-back"
    return "operation" if restraint >= _OPERATION_RESTRAINT else "practice"


def read_provision(row: Section) -> Provision:
    """The provision in *row*, which has the columns of paris_call_provisions.csv and may have
    `conduct`; InputError for anything else.
    """
    row.only(PROVISION_COLUMNS)
    binds = row.text("binds")
    for part in _parts(binds):
        if part not in _BOUND:
            raise row.wrong(
                "binds",
                f"some of {', '.join(_BOUND)}, divided by semicolons{nearest(part, _BOUND)}",
            )
    restraint = row.number("restraint", 0, 1)
    return Provision(
        principle=row.whole("principle", 1, 99),
        short_name=row.text("short_name"),
        binds=binds,
        restraint=restraint,
        burden=row.number("burden", 0, 1),
        position=row.number("position", -1, 1),
        ambition=row.number("ambition", 0, 1),
        breaking_it_is=row.text("breaking_it_is"),
        conduct=row.one_of("conduct", CONDUCTS, default_conduct(binds, restraint)),
    )


def read_provisions(rows: list[Section], where: str) -> tuple[Provision, ...]:
    """All provisions of a code, at least one, no principle twice; InputError otherwise."""
    if not rows:
        raise InputError(f"{where}: provisions are missing, expected at least one")
    provisions: dict[int, Provision] = {}
    for row in rows:
        provision = read_provision(row)
        if provision.principle in provisions:
            raise row.wrong("principle", "a number that no other provision of the code has")
        provisions[provision.principle] = provision
    return tuple(provisions.values())

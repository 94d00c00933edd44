"""The council's plan as a tree: folded, with owners, who must answer, and what lacks an owner."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from ledtrad.apps.goals.models import Level
from ledtrad.apps.goals.queries.plan import PlanGoal, PlanIndicator
from ledtrad.apps.goals.queries.plan_tree import Answerer, GoalBranch, Pair, PlanTree
from ledtrad.apps.goals.queries.planned import PlannedActivity

NOBODY: Pair = (None, None)


@dataclass(frozen=True, slots=True)
class IndicatorNode:
    """An indicator with who answers for it."""

    indicator: PlanIndicator
    answering: Pair


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A goal of the council in the tree. `own_goals` counts what boards have made beneath, drafts unseen left out."""

    goal: PlanGoal
    answering: Pair
    indicators: tuple[IndicatorNode, ...]
    answerers: tuple[Answerer, ...]
    own_goals: int
    beneath: tuple["TreeNode", ...]

    @property
    def is_direction(self) -> bool:
        return self.goal.level is Level.DIRECTION

    @property
    def is_subarea(self) -> bool:
        return self.goal.level is Level.SUBAREA


@dataclass(frozen=True, slots=True)
class ShownTree:
    year: int
    years: tuple[int, ...]
    roots: tuple[TreeNode, ...]
    without_owner: int
    adopted: int
    asked: int
    invented: bool


def present_tree(tree: PlanTree, hidden: Container[str], years: Iterable[int]) -> ShownTree:
    """The tree; what boards in `hidden` have made is left uncounted."""
    ids = {goal.id for goal in tree.goals}
    roots = tuple(_node(tree, goal, hidden) for goal in tree.goals if goal.parent_id not in ids)
    asked = {one.slug: one.is_adopted for units in tree.answerers.values() for one in units}
    return ShownTree(
        year=tree.year,
        years=tuple(sorted({*years, tree.year}, reverse=True)),
        roots=roots,
        without_owner=_without_owner(tree),
        adopted=sum(asked.values()),
        asked=len(asked),
        invented=any(goal.invented for goal in tree.goals),
    )


def _without_owner(tree: PlanTree) -> int:
    """How much nobody answers for, of what `owners audit` asks about: goals, and indicators with the year's target.

    What is only followed, such as official statistics, is reported by nobody.
    """
    indicators = {one.object_id for found in tree.indicators.values() for one in found if one.has_target}
    wanted = {goal.object_id for goal in tree.goals} | indicators
    return sum(tree.answering.get(one, NOBODY)[0] is None for one in wanted)


def _node(tree: PlanTree, goal: PlanGoal, hidden: Container[str]) -> TreeNode:
    answerers = tree.answerers.get(goal.id, ())
    return TreeNode(
        goal=goal,
        answering=tree.answering.get(goal.object_id, NOBODY),
        indicators=tuple(
            IndicatorNode(one, tree.answering.get(one.object_id, NOBODY)) for one in tree.indicators.get(goal.id, ())
        ),
        answerers=answerers,
        own_goals=sum(one.goals for one in answerers if one.slug not in hidden),
        beneath=tuple(_node(tree, one, hidden) for one in tree.goals if one.parent_id == goal.id),
    )


@dataclass(frozen=True, slots=True)
class BranchNode:
    """A goal of a board or unit, with what is done for it and what lies beneath."""

    goal: PlanGoal
    answering: Pair
    activities: tuple[PlannedActivity, ...]
    beneath: tuple["BranchNode", ...]


@dataclass(frozen=True, slots=True)
class ShownBranch:
    """A goal of the council with each board's part beneath it: the board's short name, its name, its goals."""

    goal: PlanGoal
    answering: Pair
    boards: tuple[tuple[str, str, tuple[BranchNode, ...]], ...]
    activities: tuple[PlannedActivity, ...]


def present_branch(branch: GoalBranch) -> ShownBranch:
    """What lies beneath one goal, board by board."""
    done: dict[str, list[PlannedActivity]] = {}
    for one in branch.activities:
        done.setdefault(one.goal, []).append(one)
    boards: dict[str, tuple[str, list[BranchNode]]] = {}
    for goal in branch.beneath:
        if goal.parent_id == branch.goal.id:
            boards.setdefault(goal.owner, (goal.owner_name, []))[1].append(_branch_node(branch, goal, done))
    return ShownBranch(
        branch.goal,
        branch.answering.get(branch.goal.object_id, NOBODY),
        tuple((slug, name, tuple(nodes)) for slug, (name, nodes) in boards.items()),
        tuple(done.get(branch.goal.code, ())),
    )


def _branch_node(branch: GoalBranch, goal: PlanGoal, done: dict[str, list[PlannedActivity]]) -> BranchNode:
    return BranchNode(
        goal,
        branch.answering.get(goal.object_id, NOBODY),
        tuple(done.get(goal.code, ())),
        tuple(_branch_node(branch, one, done) for one in branch.beneath if one.parent_id == goal.id),
    )

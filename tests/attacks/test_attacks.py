"""Hostile submissions beside honest ones, in one batch, on every kind of machine that this one can be."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from autograder.sandbox.layers import LAYERS, find_layers
from tests.attacks import forging, outside, resources, talk
from tests.attacks.arena import Arena, Machine, listening, reported, without_times
from tests.attacks.attack import PASSED, together

ATTACKS = [*forging.ATTACKS, *resources.ATTACKS, *outside.ATTACKS, *talk.ATTACKS]
BY_NAME = {attack.name: attack for attack in ATTACKS}
"""Set AUTOGRADER_ALL_LEVELS=1 to try all attacks on every kind of machine; else ``OFTEN`` says where they are tried."""
ALL = os.environ.get("AUTOGRADER_ALL_LEVELS") == "1"
NOBODY = 65_534
MACHINES = {
    "everything": Machine(),
    "no-namespaces": Machine(frozenset({"namespaces", "mounts"})),
    "no-landlock": Machine(frozenset({"landlock", "namespaces"})),
    "no-own-users": Machine(frozenset({"uid", "namespaces"})),
    "not-root": Machine(user=NOBODY),
    "not-root-no-namespaces": Machine(frozenset({"namespaces", "mounts"}), user=NOBODY),
    "not-root-no-landlock": Machine(frozenset({"landlock", "namespaces", "mounts"}), user=NOBODY),
    "memory-only": Machine(frozenset({"uid", "landlock", "namespaces", "mounts"})),
}
OFTEN = {"everything": ATTACKS, "memory-only": [a for a in ATTACKS if MACHINES["memory-only"].without & set(a.by)]}
"""By day: all attacks where nothing is missing, and where only the last layers are, those that another layer stops, too;
what is only tried and refused, in a few submissions."""


@pytest.fixture
def arena(toy_master):
    with tempfile.TemporaryDirectory(prefix="autograder-arena-") as folder:
        yield Arena(toy_master, Path(folder))


@pytest.fixture(scope="module")
def honest(toy_master):
    """What honest submissions get when nobody attacks."""
    with tempfile.TemporaryDirectory(prefix="autograder-arena-") as folder:
        return without_times(Arena(toy_master, Path(folder)).grade(Machine()))


def test_there_are_attacks_of_every_kind():
    assert len(ATTACKS) == len(BY_NAME) >= 100


def possible(machine):
    """Why this machine cannot be tried here, or nothing."""
    if os.uname().machine != "x86_64":
        return "the attacks' system call numbers are those of x86_64"
    if machine.user is not None and os.geteuid() != 0:
        return "not root: the machine itself is tried as 'everything'"
    if machine.user is not None and not shutil.which("setpriv"):
        return "another user cannot be had: no setpriv"
    held = {layer.name for layer in find_layers() if layer.holds}
    if machine.without and not machine.without & held:
        return f"the same as everything: there is only {sorted(held)}"
    return ""


@pytest.mark.parametrize("name", MACHINES)
def test_nothing_gets_through_and_nobody_else_is_hurt(arena, honest, name):
    machine = MACHINES[name]
    if not ALL and name not in OFTEN:
        pytest.skip("AUTOGRADER_ALL_LEVELS is not set")
    if why := possible(machine):
        pytest.skip(why)
    with listening(arena.folder) as (ports, listeners):
        attacks = ATTACKS if ALL else together(OFTEN[name])
        arena.hand_in(attacks, ports)
        results = arena.grade(machine)
    assert arena.breaches(results) - {a.name for a in attacks if not a.stopped(arena.held)} == set()
    assert listeners.heard == []
    assert without_times(results) == honest
    assert arena.peak < 512 << 20, "a grader was made to take memory"
    assert {a.name: unexpected(a, results[a.name]) for a in attacks if unexpected(a, results[a.name])} == {}


def unexpected(attack, result):
    """What was to be reported and what was, where they differ."""
    status, double, earned, weighed = reported(result)
    wanted = (
        attack.status,
        attack.double or double,
        earned if not attack.double else 4.0 if attack.double == PASSED else 0.0,
        weighed if attack.weighed is None else attack.weighed,
    )
    return () if wanted == (status, double, earned, weighed) else (wanted, (status, double, earned, weighed))


# --- the suite itself: it must go red where a layer is missing ---


def test_every_attack_is_one_where_nothing_confines_it(arena):
    """Each gets through without a sandbox, or it would show nothing that it does not with one."""
    if why := possible(Machine()):
        pytest.skip(why)
    tame = [attack for attack in ATTACKS if attack.tame]
    assert len(tame) >= 50
    with listening(arena.folder) as (ports, _):
        arena.hand_in(tame, ports)
        results = arena.grade(Machine(), "--unsafe-no-sandbox")
    assert {attack.name for attack in tame} - arena.breaches(results) == set()


BROKEN = {
    "seccomp": (Machine(frozenset({"seccomp"}), required=False), "process_fork"),
    "limits": (Machine(frozenset({"limits"}), required=False), "count_files"),
    "landlock": (
        # In the workers only: a layer that is found broken is replaced by the filter.
        Machine(
            frozenset({"mounts"}),
            broken="from autograder.sandbox.layers.landlock import Landlock; Landlock.apply = lambda *_: None",
        ),
        "file_passwords",
    ),
    "mounts": (Machine(frozenset({"mounts"})), "see_open_files"),
}


@pytest.mark.parametrize("layer", BROKEN)
def test_an_attack_gets_through_where_a_layer_is_missing(arena, layer):
    machine, name = BROKEN[layer]
    if why := possible(Machine()) or missing(layer):
        pytest.skip(why)
    with listening(arena.folder) as (ports, _):
        arena.hand_in([BY_NAME[name]], ports)
        results = arena.grade(machine)
    assert name in arena.breaches(results)


ALONE = {
    "uid": "process_signal_parent",
    "namespaces": "net_tcp",
    "limits": "count_files",
    "mounts": "see_passwords",
    "landlock": "file_secret",
    "seccomp": "process_fork",
}


@pytest.mark.parametrize("layer", ALONE)
def test_a_layer_holds_alone(arena, layer):
    if not ALL:
        pytest.skip("AUTOGRADER_ALL_LEVELS is not set")
    if why := possible(Machine()) or missing(layer):
        pytest.skip(why)
    with listening(arena.folder) as (ports, _):
        arena.hand_in([BY_NAME[ALONE[layer]]], ports)
        results = arena.grade(Machine(frozenset(known.name for known in LAYERS) - {layer}, required=False))
    assert arena.breaches(results) == set()


def missing(layer):
    """Why a layer cannot be tried, or nothing."""
    return next((f"{layer}: {found.detail}" for found in find_layers() if found.name == layer and not found.holds), "")

"""Draw once, replay always: what is replayed is what was drawn, on every machine and for every submission."""

import json

import numpy as np
import pytest
from hypothesis import strategies as st

from autograder.checks import arrays, choice, linear_data, number, recipe, whole
from autograder.checks.cases import Recording, build_case, digest, draw_cases, load_cases, save_cases
from autograder.model.errors import AuthoringError
from autograder.model.values import numbers_in

RECIPES = {"data": linear_data(rows=4), "z": arrays(), "a": number(0, 1), "word": choice(["a", "b"])}


@pytest.fixture
def recorded(tmp_path):
    """A file of recorded cases of the property ``p``, and what was drawn."""
    cases = draw_cases("p", RECIPES, 20)
    path = tmp_path / "f.json"
    save_cases(path, {"p": Recording(cases, digest(build_case(RECIPES, c) for c in cases))})
    return path, cases


def test_what_is_replayed_is_what_was_drawn(recorded):
    path, cases = recorded
    replayed = load_cases(path, "p", RECIPES)
    assert replayed == cases
    assert json.loads(path.read_text())["p"]["digest"] == digest(build_case(RECIPES, c) for c in replayed)


def test_recorded_cases_are_one_readable_line_each(recorded):
    path, cases = recorded
    lines = [line.strip().rstrip(",") for line in path.read_text().splitlines()]
    assert [json.loads(line) for line in lines if line.startswith('{"')] == cases


def test_several_properties_share_a_file(tmp_path):
    one, two = {"n": whole(1, 3)}, {"a": number(0, 1), "z": arrays()}
    drawn = {"one": Recording(draw_cases("one", one, 3), "x"), "two": Recording(draw_cases("two", two, 5), "y")}
    save_cases(tmp_path / "f.json", drawn)
    assert load_cases(tmp_path / "f.json", "one", one) == drawn["one"].cases
    assert load_cases(tmp_path / "f.json", "two", two) == drawn["two"].cases


def test_the_smallest_case_comes_first():
    sizes = [numbers_in(build_case(RECIPES, c)) for c in draw_cases("p", RECIPES, 60)]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


def test_no_case_is_drawn_twice():
    cases = [json.dumps(c, sort_keys=True) for c in draw_cases("p", {"n": whole(0, 9)}, 100)]
    assert len(set(cases)) == len(cases) == 10


@pytest.mark.parametrize("count", [1, 10, 50])
def test_nearly_as_many_cases_are_drawn_as_asked_for_and_never_more(count):
    assert 0.8 * count <= len(draw_cases("p", {"z": arrays(largest=30)}, count)) <= count


def test_edges_take_part_in_the_count_but_all_of_them_are_kept():
    made = choice(range(30))
    assert len(draw_cases("p", {"i": made}, 5)) == 30
    assert len(draw_cases("p", {"data": linear_data(), "a": number(0, 1)}, 10)) == 10


def test_the_edges_of_all_arguments_are_among_the_cases():
    recipes = {"i": choice("abc"), "j": choice("vwxyz"), "a": number(0, 1)}
    cases = draw_cases("p", recipes, 1)
    assert {c["i"]["choice"] for c in cases} == {0, 1, 2}
    assert {c["j"]["choice"] for c in cases} == {0, 1, 2, 3, 4}


def test_two_properties_get_different_cases_and_one_always_the_same():
    recipes = {"z": arrays()}
    assert draw_cases("p", recipes, 10) == draw_cases("p", recipes, 10)
    assert draw_cases("p", recipes, 10) != draw_cases("q", recipes, 10)


def test_rebuilt_arrays_are_read_only_wherever_they_stand():
    @recipe(n=st.integers(1, 3))
    def nested(n):
        return np.zeros(n), [np.zeros(n), (np.zeros(n),)], {"a": [np.zeros(n)]}

    first, (second, (third,)), fourth = build_case({"x": nested}, {"x": {"n": 2}})["x"]
    for array in (first, second, third, fourth["a"][0]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


# --- digest ---

SAME = [
    (np.array([1.0, 2.0]), np.array([1.0, 2.0])),
    (np.arange(6.0).reshape(2, 3).T, np.ascontiguousarray(np.arange(6.0).reshape(2, 3).T)),
    ([1, (2.0,)], [1, (2.0,)]),
    (np.nan, np.nan),
]
DIFFERENT = {
    "one bit": (np.array([1.0]), np.nextafter([1.0], 2)),
    "the sign of zero": (np.array([0.0]), np.array([-0.0])),
    "the dtype": (np.array([1, 0]), np.array([1.0, 0.0])),
    "the width": (np.array([1, 0], dtype=np.int64), np.array([1, 0], dtype=np.int32)),
    "the shape": (np.zeros((2, 3)), np.zeros((3, 2))),
    "the order": (np.array([1.0, 2.0]), np.array([2.0, 1.0])),
    "a float's last bit": (0.1, np.nextafter(0.1, 1).item()),
    "int or float": (1, 1.0),
    "int or bool": (1, True),
    "nesting": ([[1], [2, 3]], [[1, 2], [3]]),
    "a name": (len, max),
}


@pytest.mark.parametrize("pair", SAME, ids=["arrays", "strides", "lists", "nan"])
def test_the_same_cases_have_the_same_digest(pair):
    assert digest([{"x": pair[0]}]) == digest([{"x": pair[1]}])


@pytest.mark.parametrize("what", DIFFERENT)
def test_a_digest_goes_down_to_the_bit(what):
    one, other = DIFFERENT[what]
    assert digest([{"x": one}]) != digest([{"x": other}])
    assert digest([{"y": one}]) != digest([{"x": one}])
    assert digest([{"x": one}, {"x": other}]) != digest([{"x": other}, {"x": one}])


def test_what_has_no_lasting_bits_cannot_be_recorded():
    """The text of a generator holds its address: such a digest would differ in every process."""
    with pytest.raises(AuthoringError, match="Generator"):
        digest([{"rng": np.random.default_rng(0)}])


# --- a file that does not fit ---


def spoil(path, change):
    table = json.loads(path.read_text())
    change(table)
    path.write_text(json.dumps(table))


SPOILT = {
    "no cases": lambda t: t["p"].update(cases=[]),
    "no property": lambda t: t.pop("p"),
    "an argument fewer": lambda t: [c.pop("z") for c in t["p"]["cases"]],
    "an argument more": lambda t: t["p"]["cases"][3].update(extra={}),
    "an argument renamed": lambda t: [c.update(Z=c.pop("z")) for c in t["p"]["cases"]],
    "a draw fewer": lambda t: t["p"]["cases"][0]["data"].pop("n"),
    "a draw more": lambda t: t["p"]["cases"][-1]["data"].update(k=1),
    "a case that is none": lambda t: t["p"]["cases"].append(3),
    "cases that are none": lambda t: t["p"].update(cases=7),
    "a property that is none": lambda t: t.update(p=[1]),
}


@pytest.mark.parametrize("how", SPOILT)
def test_cases_that_do_not_fit_name_the_file_and_how_to_mend_it(recorded, how):
    path, _ = recorded
    spoil(path, SPOILT[how])
    with pytest.raises(AuthoringError) as caught:
        load_cases(path, "p", RECIPES)
    assert str(path) in str(caught.value)
    assert "cases of p" in str(caught.value)
    assert "record the cases again with `autograder build`" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [(None, "not found"), ("{", "not JSON"), ("", "not JSON"), ("[]", "no cases of p"), ("\xff", "not JSON")],
)
def test_a_file_of_another_kind_is_named(tmp_path, text, says):
    path = tmp_path / "f.json"
    if text is not None:
        path.write_bytes(text.encode("latin-1"))
    with pytest.raises(AuthoringError) as caught:
        load_cases(path, "p", RECIPES)
    assert str(path) in str(caught.value)
    assert says in str(caught.value)


# --- independence ---

DRAW = """
    import json, sys
    sys.path.insert(0, "")
    for name in sys.argv[1:]:
        __import__(name)
    from autograder.checks import arrays, labels, recipe, whole
    from autograder.checks.cases import draw_cases
    from hypothesis import strategies as st
    many = recipe(x=st.floats(0, 1e9), n=st.integers())(lambda x, n: x)
    print(json.dumps(draw_cases("p", {"z": arrays(), "n": whole(0, 10**9), "y": labels(), "m": many}, 60)))
"""
STUDENT = "".join(f"a{i} = {i * 7919 + 100003}\nb{i} = {i}.125\n" for i in range(60))


def test_draws_owe_nothing_to_hash_seed_folder_ci_or_a_students_module(python, tmp_path):
    empty, full = tmp_path / "empty", tmp_path / "full"
    empty.mkdir()
    full.mkdir()
    (full / "answer.py").write_text(STUDENT)
    plain = json.loads(python(DRAW, cwd=empty, PYTHONHASHSEED="1"))
    assert len(plain) > 50
    assert json.loads(python(DRAW, "answer", cwd=full, PYTHONHASHSEED="2", CI="true")) == plain
    assert list(empty.iterdir()) == [], "drawing leaves nothing behind"

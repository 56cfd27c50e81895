import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decoding.jobs import job
from fixes.made import step
from why400.decoding.frames import read_answer, read_job, write_answer, write_job
from why400.fixes.answer import Done, Failed


@pytest.mark.parametrize(
    "work",
    [
        job(),
        job(
            "jpeg", (4000, 3000), "rgb", step("resize", max_width=640), step("rotate", orientation=6), metadata=("xmp",)
        ),
    ],
    ids=["small", "all that a job can hold"],
)
def test_a_job_comes_out_as_it_went_in(work):
    again = read_job(write_job(work))
    assert json.loads(write_job(again)) == json.loads(write_job(work))
    assert (again.encode, again.draft, again.lost) == (work.encode, work.draft, work.lost)


@pytest.mark.parametrize(
    "answer",
    [
        Done(b"bytes", "image/png", 4, 3, (("convert", "the colours"),), 0.25),
        Failed("decoder", "image file is truncated"),
        Failed("refused", "no"),
        Failed("memory", "too much"),
    ],
    ids=["done", "decoder", "refused", "memory"],
)
def test_an_answer_comes_out_as_it_went_in(answer):
    assert read_answer(*write_answer(answer)) == answer


@given(st.binary(), st.binary(max_size=8))
def test_whatever_a_worker_says_is_an_answer(head, body):
    assert isinstance(read_answer(head, body), Done | Failed)


json_values = st.recursive(
    st.none() | st.integers() | st.text() | st.floats(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["failed", "because", "lost", "size", "seconds", "media_type"]), inner)
    ),
)


@given(json_values)
def test_whatever_json_a_worker_says_is_an_answer(said):
    assert isinstance(read_answer(json.dumps(said).encode(), b""), Done | Failed)

"""A label is proposed with confidence and reasons, learned from past letters, and kept without pickle."""

import numpy as np
import pytest

from huilian.areas.hear.hotline.suggestion import model, text
from huilian.foundation.errors import Invalid

from .letters import LETTERS


@pytest.fixture(scope="module")
def trained():
    return model.train(LETTERS)


def test_a_letter_gets_the_class_of_letters_like_it(trained):
    first = trained.suggest("污水排进河里", "工厂的污水排进河里，鱼都死了，污染严重")[0]

    assert first.label == "环境保护"
    assert {"污水", "污染"} <= {word for word, _ in first.reasons}


def test_confidences_are_probabilities_in_falling_order(trained):
    found = trained.suggest("公交车不来", "等公交车一个小时", top=3)

    assert [s.confidence for s in found] == sorted((s.confidence for s in found), reverse=True)
    assert sum(s.confidence for s in found) == pytest.approx(1, abs=1e-3)


def test_a_proposal_below_the_threshold_says_it_is_unsure():
    careful = model.train(LETTERS, sure_from=0.9999)

    assert not any(s.sure for s in careful.suggest("学校门口公交车太少", "学校门口的公路污染严重"))


def test_a_letter_without_a_known_word_gets_no_proposal(trained):
    assert trained.suggest("zzz", "qqq !!! 😀") == []
    assert trained.suggest("", "") == []
    assert trained.suggest(None, None) == []


def test_a_label_with_too_few_letters_is_named_and_not_learned():
    learned = model.train([*LETTERS, ("低保", "申请低保", "民政"), ("空", "没有分类", "")])

    assert "民政" not in learned.labels
    assert learned.report.left_out == {"民政": 1}


def test_nothing_is_learned_from_one_label():
    with pytest.raises(Invalid):
        model.train([row for row in LETTERS if row[2] == "环境保护"])


def test_two_labels_are_enough():
    learned = model.train([row for row in LETTERS if row[2] != "环境保护"])

    assert learned.suggest("公交车", "公交车太少")[0].label == "交通运输"
    assert learned.suggest("学校", "学校老师")[0].label == "教育文体"


def test_training_twice_gives_the_same_proposals(trained):
    again = model.train(LETTERS)

    assert again.suggest("学校收费", "学校乱收费") == trained.suggest("学校收费", "学校乱收费")


def test_descriptions_of_the_class_table_and_unlabelled_letters_are_taken_in():
    learned = model.train(
        LETTERS,
        unlabelled=[("路灯不亮", "村口的路灯坏了"), ("停水", "自来水停了两天")],
        taxonomy={"交通运输": ["公路建设，养护"], "民政": ["低保"]},
    )

    assert learned.labels == ["交通运输", "教育文体", "环境保护"]
    assert learned.suggest("公路养护", "公路没有人养护")[0].label == "交通运输"


def test_a_saved_model_proposes_the_same(trained, tmp_path):
    digest = trained.save(tmp_path / "models" / "class.npz")
    loaded = model.Model.load(tmp_path / "models" / "class.npz", digest=digest)

    before, after = (m.suggest("养猪场污水", "污水直排") for m in (trained, loaded))
    assert [s.label for s in after] == [s.label for s in before]
    assert [s.confidence for s in after] == pytest.approx([s.confidence for s in before], abs=1e-3)
    assert loaded.report == trained.report
    assert [p.name for p in (tmp_path / "models").iterdir()] == ["class.npz"]


def test_a_changed_file_is_refused(trained, tmp_path):
    path = tmp_path / "class.npz"
    digest = trained.save(path)
    path.write_bytes(path.read_bytes()[:-1] + b"?")

    with pytest.raises(Invalid):
        model.Model.load(path, digest=digest)


def test_a_file_that_is_no_model_is_refused(tmp_path):
    path = tmp_path / "class.npz"
    path.write_bytes(b"not a model")
    with pytest.raises(Invalid):
        model.Model.load(path)

    np.savez(path, meta=np.array([{"a": 1}], dtype=object))  # a pickle inside must not be opened
    with pytest.raises(Invalid):
        model.Model.load(path)


def test_numbers_of_persons_and_masks_never_become_words():
    letter = text.read("投诉13800001111", "UU008913 身份证 32072219900101123X [phone] a@b.cn 路灯坏了")

    joined = "".join(letter.subject + letter.body)
    assert not any(ch.isdigit() for ch in joined)
    assert "路灯" in letter.body


def test_named_and_coded_places_are_taken_out_longest_first():
    drop = text.without_names(["安澜县", "城关镇", "安澜县城关镇"])

    assert text.clean("安澜县城关镇路灯坏了，A3区也是", drop) == "路灯坏了,区也是"


def test_words_are_cut_silently_and_cached_in_our_own_folder(capfd, monkeypatch, tmp_path):
    monkeypatch.setenv("HUILIAN_HOME", str(tmp_path))
    text.cutter.cache_clear()
    try:
        assert text.words("养老保险缴费")
        assert (tmp_path / "cache" / "jieba.cache").exists()
    finally:
        text.cutter.cache_clear()
    assert capfd.readouterr() == ("", "")


def test_the_reasons_add_up_to_what_the_words_carry(trained):
    reasons = trained.suggest("出租车拒载", "出租车司机拒载", reasons=3)[0].reasons

    assert 1 <= len(reasons) <= 3
    assert [weight for _, weight in reasons] == sorted((weight for _, weight in reasons), reverse=True)
    assert all(weight > 0 and len(word) > 1 for word, weight in reasons)

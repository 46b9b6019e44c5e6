"""The work of one row of the size table with pandas and scikit-learn, as a person would write it. Python 3.11, Debian's packages."""
import sys

import numpy as np
import pandas as pd


def read(path, text):
    kinds = {c: "category" for c in ("period", "verdict", "author", "language", "locale", "surface", "tier", "release",
                                     "policy", "action", "app_version", "client", "community", "author_age")}
    frame = pd.read_csv(path, dtype=kinds)
    frame["time"] = pd.to_datetime(frame["time"], utc=True)
    return frame


def decisions(path, text=False):
    """Flag rates by period, day and value of each column; FPR by value from weighted labels; chi2 of each column; KS of the scores; precision-recall."""
    from scipy.stats import chi2_contingency, ks_2samp
    from sklearn.metrics import precision_recall_curve

    frame = read(path, text)
    frame["flagged"] = frame["verdict"] == "violating"
    print(frame.groupby("period", observed=True)["flagged"].mean())
    print(frame.groupby(frame["time"].dt.floor("D"))["flagged"].mean().describe())
    known = frame[frame["label"].notna()]
    weights = 1 / known["inclusion_probability"]
    safe = known["label"] == 0
    for column in frame.columns:
        if isinstance(frame[column].dtype, pd.CategoricalDtype) and len(frame[column].cat.categories) <= 200 and column not in ("period", "verdict"):
            print(column, chi2_contingency(pd.crosstab(frame[column], frame["period"]) + 1)[1])
            frame.groupby([column, "period"], observed=True)["flagged"].mean()
            pair = pd.DataFrame({"value": known[column], "w": weights * safe, "fp": weights * (safe & known["flagged"])})
            sums = pair.groupby("value", observed=True).sum()
            (sums["fp"] / sums["w"]).sort_values()
    current = frame["period"] == "current"
    print(ks_2samp(frame.loc[current, "score"], frame.loc[~current, "score"], method="asymp"))
    precision_recall_curve(known["label"], known["score"], sample_weight=weights)
    return frame


def texts(path):
    """The above, the texts that are alike, and a cross-fitted classifier of the period on hashed character n-grams."""
    from sklearn.feature_extraction.text import HashingVectorizer
    from sklearn.linear_model import SGDClassifier
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import cross_val_predict

    frame = decisions(path, text=True)
    folded = frame["text"].fillna("").str.lower().str.replace(r"\W+", " ", regex=True)
    print(folded.value_counts().head(3).values)
    distinct = frame[~folded.duplicated()]
    current = (distinct["period"] == "current").to_numpy()
    random = np.random.default_rng(1)
    rows = np.concatenate([random.permutation(np.flatnonzero(side))[:20000] for side in (current, ~current)])
    vectors = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), n_features=1 << 18, alternate_sign=False)
    sample = vectors.transform(distinct["text"].iloc[rows].fillna(""))
    model = SGDClassifier(loss="log_loss", random_state=1)
    print(roc_auc_score(current[rows], cross_val_predict(model, sample, current[rows], cv=5, method="decision_function")))
    model.fit(sample, current[rows])
    for start in range(0, len(frame), 20000):
        model.decision_function(vectors.transform(frame["text"].iloc[start:start + 20000].fillna("")))


def curve(path):
    """Seconds of precision_recall_curve on the scores and labels of a file of doubles and bytes, least of 3."""
    import time
    from sklearn.metrics import precision_recall_curve

    scores = np.fromfile(path + ".scores", dtype=np.float64)
    labels = np.fromfile(path + ".labels", dtype=np.uint8)
    least = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        precision_recall_curve(labels, scores)
        least = min(least, time.perf_counter() - begun)
    print(least)


{"decisions": decisions, "texts": texts, "curve": curve}[sys.argv[1]](sys.argv[2])

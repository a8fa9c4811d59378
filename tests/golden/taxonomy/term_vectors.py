"""Weights and cosines of TF-IDF vectors of 1- and 2-grams, by scikit-learn.

Run: /tmp/venv/bin/python tests/golden/taxonomy/term_vectors.py > tests/golden/taxonomy/term_vectors.json
"""

import json

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer

TEXTS = [
    "fed cut rate 3 time",
    "fed cut rate 3 time exactly 3 cut",
    "fed rise rate 2025",
    "bitcoin reach 150000 before january 2026",
    "bitcoin reach 150000 2025",
    "bitcoin dip 70000 2025",
    "",
    "chicago bears win super bowl",
    "win win win",
    "senate senate control republicans win senate",
]

vectorizer = TfidfVectorizer(
    ngram_range=(1, 2),
    smooth_idf=True,
    sublinear_tf=True,
    lowercase=False,
    tokenizer=str.split,
    token_pattern=None,
)
weights = vectorizer.fit_transform(TEXTS)
terms = vectorizer.get_feature_names_out()
print(
    json.dumps(
        {
            "program": f"scikit-learn {sklearn.__version__}",
            "texts": TEXTS,
            "weights": [
                {terms[t]: row[0, t] for t in row.indices} for row in (weights[i] for i in range(len(TEXTS)))
            ],
            "cosines": (weights @ weights.T).toarray().tolist(),
        },
        indent=1,
        sort_keys=True,
    )
)

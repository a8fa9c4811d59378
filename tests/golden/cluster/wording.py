"""TF-IDF by scikit-learn. Run: python wording.py > wording.json (scikit-learn 1.9.1)."""
import json

from sklearn.feature_extraction.text import TfidfVectorizer

# words in lower case, none of them a stop word, so that only the weights are compared
texts = ["fed cuts rates", "fed holds rates rates", "powell leaves fed", "bitcoin hits record", "ether hits record high",
         "bitcoin bitcoin halving", "lakers win finals"]
model = TfidfVectorizer(token_pattern=r"[a-z]+")
weights = model.fit_transform(texts).toarray()
print(json.dumps({"texts": texts, "terms": model.get_feature_names_out().tolist(), "weights": weights.tolist()}))

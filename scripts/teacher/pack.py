"""Packs the weights of an encoder (BERT, as ONNX) into 7 bits each, for a machine that they must be carried to.

pack.py MODEL.onnx OUT.npz
"""

import sys

import numpy as np
import onnx
from onnx import numpy_helper

LAYER = ["attention.self.query", "attention.self.key", "attention.self.value",
         "attention.output.dense", "intermediate.dense", "output.dense"]


def weights(path):
    """Names as in the encoder's state; matrices of ONNX products come in order and transposed."""
    named, products = {}, []
    for t in onnx.load(path).graph.initializer:
        if t.name.startswith("onnx::MatMul"):
            products.append((int(t.name.split("_")[1]), numpy_helper.to_array(t).T))
        elif t.name.split(".")[0] in ("embeddings", "encoder"):
            named[t.name] = numpy_helper.to_array(t)
    for i, (_, w) in enumerate(sorted(products, key=lambda p: p[0])):
        named[f"encoder.layer.{i // 6}.{LAYER[i % 6]}.weight"] = w
    return named


def main(source, target):
    out = {}
    for name, w in weights(source).items():
        if w.ndim < 2 or w.shape[0] < 8:
            out[name] = w.astype(np.float32)
            continue
        scale = np.minimum(np.abs(w).max(1), 5 * w.std(1))[:, None] / 63
        out[name + "|q"] = np.clip(np.round(w / scale), -63, 63).astype(np.int8)
        out[name + "|s"] = scale.astype(np.float16)
    np.savez_compressed(target, **out)


main(*sys.argv[1:])

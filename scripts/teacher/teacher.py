"""A teacher for kith's tagger, parser and names.

Fine-tunes a small pretrained encoder on the treebanks and the corpora of names that `kith-train teacher` writes, several times over,
and labels the sentences of plain.tsv by all of them together. Runs on one GPU in some minutes; see README.md beside this file.

teacher.py --data FOLDER --encoder bge.npz --tokenizer tokenizer.json --out FOLDER [--seeds 3] [--trees 10] [--names 6] [--limit SECONDS]
"""

import argparse
import lzma
import math
import os
import random
import struct
import time
import zlib

import numba
import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

START = time.time()
CASES = 6


def say(*words):
    print(f"{time.time() - START:6.1f}s", *words, flush=True)


# ---- data

def lines(folder, name):
    path = os.path.join(folder, name)
    if os.path.exists(path + ".xz"):
        return lzma.open(path + ".xz", "rt", encoding="utf-8").read().split("\n")
    return open(path, encoding="utf-8").read().split("\n")


def blocks(folder, name):
    rows = []
    for line in lines(folder, name):
        if line:
            rows.append(line.split("\t"))
        elif rows:
            yield rows
            rows = []


def case(word, first):
    if not any(c.isalpha() for c in word):
        return 1 if any(c.isdigit() for c in word) else 0
    if word.islower():
        return 2
    if word.isupper() and len(word) > 1:
        return 5
    return 3 if word[0].isupper() else 4


class Sentences:
    """Word pieces of sentences, with the place of each word's first piece."""

    def __init__(self, sentences, tokenizer):
        self.items = []
        for start in range(0, len(sentences), 4096):
            batch = sentences[start:start + 4096]
            coded = tokenizer.encode_batch(batch, is_pretokenized=True, add_special_tokens=True)
            for words, c in zip(batch, coded):
                first, cases, last = [0] * len(words), [0] * len(c.ids), -1
                for place, w in enumerate(c.word_ids):
                    if w is None:
                        continue
                    if w != last:
                        first[w], last = place, w
                    cases[place] = case(words[w], w == 0)
                self.items.append((c.ids[:511], cases[:511], [min(f, 510) for f in first]))

    def batch(self, numbers, device):
        items = [self.items[i] for i in numbers]
        pieces, words = max(len(i[0]) for i in items), max(len(i[2]) for i in items)
        ids, cases = np.zeros((len(items), pieces), np.int64), np.zeros((len(items), pieces), np.int64)
        mask, first, real = np.zeros((len(items), pieces), bool), np.zeros((len(items), words), np.int64), np.zeros((len(items), words), bool)
        for k, (i, c, f) in enumerate(items):
            ids[k, :len(i)], cases[k, :len(i)], mask[k, :len(i)] = i, c, True
            first[k, :len(f)], real[k, :len(f)] = f, True
        return [torch.from_numpy(a).to(device, non_blocking=True) for a in (ids, cases, mask, first, real)]


def batches(lengths, budget, rng=None):
    """Numbers of sentences of like length, in batches of about so many words."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + (rng.random() * 4 if rng else 0))
    out, now, longest = [], [], 0
    for i in order:
        if now and (len(now) + 1) * max(longest, lengths[i]) > budget:
            out.append(now)
            now, longest = [], 0
        now.append(i)
        longest = max(longest, lengths[i])
    if now:
        out.append(now)
    if rng:
        rng.shuffle(out)
    return out


# ---- model

class Teacher(nn.Module):
    def __init__(self, encoder, tags, rels, names, arc=384, rel=128):
        super().__init__()
        self.encoder = encoder
        d = encoder.config.hidden_size
        self.drop = nn.Dropout(0.2)
        self.tag, self.name = nn.Linear(d, tags), nn.Linear(d, names)
        self.arc_head, self.arc_dep = nn.Linear(d, arc), nn.Linear(d, arc)
        self.rel_head, self.rel_dep = nn.Linear(d, rel), nn.Linear(d, rel)
        self.arc = nn.Parameter(torch.zeros(arc + 1, arc))
        self.rel = nn.Parameter(torch.zeros(rels, rel + 1, rel + 1))
        nn.init.normal_(self.arc, std=0.02)
        nn.init.normal_(self.rel, std=0.02)

    def words(self, ids, cases, mask, first):
        h = self.encoder(input_ids=ids, token_type_ids=cases, attention_mask=mask).last_hidden_state
        h = self.drop(h)
        at = first.unsqueeze(-1).expand(-1, -1, h.shape[-1])
        return torch.gather(h, 1, at), h[:, :1]

    def trees(self, words, root, real):
        """Scores of tags, arcs [dependent, head; head 0 is the root] and what relations need."""
        every = torch.cat([root, words], 1)
        heads, deps = self.drop(F.gelu(self.arc_head(every))), self.drop(F.gelu(self.arc_dep(words)))
        ones = torch.ones_like(deps[..., :1])
        arcs = torch.cat([deps, ones], -1) @ self.arc @ heads.transpose(1, 2)
        possible = torch.cat([torch.ones_like(real[:, :1]), real], 1)
        arcs = arcs.float().masked_fill(~possible.unsqueeze(1), -1e4)
        itself = torch.eye(words.shape[1], device=words.device, dtype=torch.bool)
        arcs[:, :, 1:].masked_fill_(itself, -1e4)
        return self.tag(words).float(), arcs, (self.drop(F.gelu(self.rel_head(every))), self.drop(F.gelu(self.rel_dep(words))))

    def relations(self, parts, heads):
        every, deps = parts
        chosen = torch.gather(every, 1, heads.unsqueeze(-1).expand(-1, -1, every.shape[-1]))
        one = torch.ones_like(deps[..., :1])
        a, b = torch.cat([deps, one], -1), torch.cat([chosen, one], -1)
        return torch.einsum("bni,rij,bnj->bnr", a, self.rel.to(a.dtype), b).float()


def load_encoder(path):
    packed = np.load(path)
    state = {}
    for name in packed.files:
        if name.endswith("|q"):
            name = name[:-2]
            state[name] = torch.from_numpy(packed[name + "|q"].astype(np.float32) * packed[name + "|s"].astype(np.float32))
        elif "|" not in name:
            state[name] = torch.from_numpy(packed[name])
    types = state["embeddings.token_type_embeddings.weight"]
    state["embeddings.token_type_embeddings.weight"] = types[:1].repeat(CASES, 1)
    layers = 1 + max(int(n.split(".")[2]) for n in state if n.startswith("encoder.layer."))
    d = types.shape[1]
    config = BertConfig(vocab_size=state["embeddings.word_embeddings.weight"].shape[0], hidden_size=d, num_hidden_layers=layers,
                        num_attention_heads=d // 32, intermediate_size=state["encoder.layer.0.intermediate.dense.weight"].shape[0],
                        type_vocab_size=CASES)
    model = BertModel(config, add_pooling_layer=False)
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected and all("position_ids" in m for m in missing), (missing, unexpected)
    return model


# ---- trees and names as wholes

@numba.njit(cache=False)
def project(scores, n, heads):
    """Eisner's algorithm (1996): the best projective tree with one root; scores[dependent, head], 0 is the root."""
    c = np.full((n + 1, n + 1, 2), -1e9)
    i = np.full((n + 1, n + 1, 2), -1e9)
    cb, ib = np.zeros((n + 1, n + 1, 2), np.int32), np.zeros((n + 1, n + 1), np.int32)
    for s in range(1, n + 1):
        c[s, s, 0] = c[s, s, 1] = 0
    for k in range(1, n):
        for s in range(1, n + 1 - k):
            t = s + k
            best, at = -1e18, s
            for r in range(s, t):
                v = c[s, r, 1] + c[r + 1, t, 0]
                if v > best:
                    best, at = v, r
            i[s, t, 0], i[s, t, 1], ib[s, t] = best + scores[s - 1, t], best + scores[t - 1, s], at
            best, at = -1e18, s
            for r in range(s, t):
                v = c[s, r, 0] + i[r, t, 0]
                if v > best:
                    best, at = v, r
            c[s, t, 0], cb[s, t, 0] = best, at
            best, at = -1e18, s
            for r in range(s + 1, t + 1):
                v = i[s, r, 1] + c[r, t, 1]
                if v > best:
                    best, at = v, r
            c[s, t, 1], cb[s, t, 1] = best, at
    best, root = -1e18, 1
    for r in range(1, n + 1):
        v = c[1, r, 0] + c[r, n, 1] + scores[r - 1, 0]
        if v > best:
            best, root = v, r
    heads[root - 1] = 0
    stack = np.zeros((4 * n + 8, 4), np.int32)  # from, to, side, complete
    top = 0
    stack[top] = np.array([1, root, 0, 1], np.int32)
    stack[top + 1] = np.array([root, n, 1, 1], np.int32)
    top = 2
    while top > 0:
        top -= 1
        s, t, side, complete = stack[top]
        if s == t:
            continue
        if complete == 1:
            r = cb[s, t, side]
            if side == 0:
                stack[top], stack[top + 1] = np.array([s, r, 0, 1], np.int32), np.array([r, t, 0, 0], np.int32)
            else:
                stack[top], stack[top + 1] = np.array([s, r, 1, 0], np.int32), np.array([r, t, 1, 1], np.int32)
        else:
            r = ib[s, t]
            if side == 0:
                heads[s - 1] = t
            else:
                heads[t - 1] = s
            stack[top], stack[top + 1] = np.array([s, r, 1, 1], np.int32), np.array([r + 1, t, 0, 1], np.int32)
        top += 2


@numba.njit(parallel=True)
def project_all(scores, lengths, heads):
    for k in numba.prange(len(lengths)):
        project(scores[k], lengths[k], heads[k])


@numba.njit
def follows(a, b):
    return b == 0 or b % 2 == 1 or a == b or a == b - 1


@numba.njit(parallel=True)
def label_all(scores, lengths, out):
    """The best labels of names: an inside only after its kind."""
    labels = scores.shape[2]
    for k in numba.prange(len(lengths)):
        n = lengths[k]
        best, back = np.full((n, labels), -1e9), np.zeros((n, labels), np.int32)
        for j in range(n):
            for b in range(labels):
                if j == 0:
                    if follows(0, b):
                        best[0, b] = scores[k, 0, b]
                    continue
                for a in range(labels):
                    if follows(a, b) and best[j - 1, a] + scores[k, j, b] > best[j, b]:
                        best[j, b], back[j, b] = best[j - 1, a] + scores[k, j, b], a
        at = np.argmax(best[n - 1])
        for j in range(n - 1, -1, -1):
            out[k, j] = at
            at = back[j, at]


# ---- learning and labelling

def learn(a, seed, trees, names, sizes, device):
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Teacher(load_encoder(a.encoder), *sizes).to(device)
    inner = [p for n, p in model.named_parameters() if n.startswith("encoder")]
    outer = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    tree_steps = [("t", b) for _ in range(a.trees) for b in batches(trees["length"], a.words, rng)]
    name_steps = [("n", b) for _ in range(a.names) for b in batches(names["length"], a.words, rng)]
    steps = tree_steps + name_steps
    rng.shuffle(steps)
    optimizer = torch.optim.AdamW([{"params": inner, "lr": a.rate}, {"params": outer, "lr": 1e-3}], weight_decay=0.01)
    warm = 1 + len(steps) // 20
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / warm) * max(0.02, 1 - s / len(steps)))
    say(f"seed {seed}: {len(steps)} steps")
    total = 0.0
    model.train()
    for k, (kind, numbers) in enumerate(steps):
        source = trees if kind == "t" else names
        ids, cases, mask, first, real = source["pieces"].batch(numbers, device)
        with torch.autocast(device.type, torch.bfloat16):
            words, root = model.words(ids, cases, mask, first)
            if kind == "t":
                tag, arcs, parts = model.trees(words, root, real)
                tags, heads, rels = (stack(source[f], numbers, real, device) for f in ("tag", "head", "rel"))
                relation = model.relations(parts, heads)
                loss = sum(F.cross_entropy(s[real], g[real]) for s, g in ((tag, tags), (arcs, heads), (relation, rels)))
            else:
                logits = F.log_softmax(model.name(words).float(), -1)
                allowed = stack(source["allow"], numbers, real, device)
                bits = torch.arange(logits.shape[-1], device=device)
                allowed = (allowed.unsqueeze(-1) >> bits & 1).bool()
                allowed = allowed | ~real.unsqueeze(-1)
                weight = stack(source["weight"], numbers, real, device).float() / 2
                inside = torch.logsumexp(logits.masked_fill(~allowed, -1e4), -1)
                loss = -(inside * weight)[real].mean() * 2
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if k % 200 == 0:
            total = float(loss)
            say(f"step {k}: loss {total:.3f}")
    return model.eval()


def stack(rows, numbers, real, device):
    out = np.zeros(real.shape, np.int64)
    for k, i in enumerate(numbers):
        out[k, :len(rows[i])] = rows[i]
    return torch.from_numpy(out).to(device)


@torch.no_grad()
def label(models, pieces, lengths, budget, device):
    """Heads, relations, tags, names of all sentences, and how sure each arc and name is."""
    out = [None] * len(lengths)
    for numbers in batches(lengths, budget):
        ids, cases, mask, first, real = pieces.batch(numbers, device)
        tag, arc, name, parts = 0, 0, 0, []
        with torch.autocast(device.type, torch.bfloat16):
            for m in models:
                words, root = m.words(ids, cases, mask, first)
                t, s, p = m.trees(words, root, real)
                tag, arc = tag + t.softmax(-1), arc + s.softmax(-1)
                name = name + m.name(words).float().softmax(-1)
                parts.append(p)
        k = len(models)
        sizes = np.array([lengths[i] for i in numbers])
        arcs = (arc / k).clamp_min(1e-9).log().cpu().numpy().astype(np.float64)
        heads = np.zeros(real.shape, np.int64)
        project_all(arcs, sizes, heads)
        chosen = torch.from_numpy(heads).to(device)
        with torch.autocast(device.type, torch.bfloat16):
            relation = sum(m.relations(p, chosen).softmax(-1) for m, p in zip(models, parts))
        relation[..., 0] = 0
        logs = (name / k).clamp_min(1e-9).log().cpu().numpy().astype(np.float64)
        names = np.zeros(real.shape, np.int64)
        label_all(logs, sizes, names)
        rels, tags = relation.argmax(-1).cpu().numpy(), tag.argmax(-1).cpu().numpy()
        for row, i in enumerate(numbers):
            n = lengths[i]
            j = np.arange(n)
            out[i] = (heads[row, :n], rels[row, :n], tags[row, :n], names[row, :n],
                      np.exp(arcs[row, j, heads[row, :n]]), np.exp(logs[row, j, names[row, :n]]))
    return out


def spans(labels):
    out, start, kind = set(), None, 0
    for i, v in enumerate(list(labels) + [0]):
        if start is not None and not (v and v % 2 == 0 and v - 1 == kind):
            out.add((start, i, kind))
            start = None
        if v % 2 == 1:
            start, kind = i, v
    return out


def score(result, gold_trees, gold_names, tags):
    right = [0, 0, 0]
    words = 0
    for r, h, rel, tag in zip(result[0], gold_trees["head"], gold_trees["rel"], gold_trees["tag"]):
        words += len(h)
        ok = r[0] == h
        right[1] += ok.sum()
        right[2] += (ok & (r[1] == rel)).sum()
        right[0] += sum(tags[a].split()[0] == tags[b].split()[0] for a, b in zip(r[2], tag))
    say("dev trees: UPOS %.2f UAS %.2f LAS %.2f" % tuple(100 * x / words for x in right))
    found = hit = true = 0
    for r, allow in zip(result[1], gold_names["allow"]):
        gold = [0 if v & 1 else int(v).bit_length() - 1 for v in allow]
        ours = [0 if (v & 1 and not v >> x & 1) is False and v & 1 else x for v, x in zip(allow, r[3])]
        g, o = spans(gold), spans(ours)
        found, true, hit = found + len(o), true + len(g), hit + len(g & o)
    say("dev names: P %.2f R %.2f" % (100 * hit / max(1, found), 100 * hit / max(1, true)))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data"), p.add_argument("--encoder"), p.add_argument("--tokenizer"), p.add_argument("--out")
    p.add_argument("--seeds", type=int, default=3), p.add_argument("--trees", type=int, default=10), p.add_argument("--names", type=int, default=6)
    p.add_argument("--words", type=int, default=3000), p.add_argument("--rate", type=float, default=1.5e-4)
    p.add_argument("--limit", type=float, default=400), p.add_argument("--sample", type=int, default=0)
    a = p.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cuda.matmul.allow_tf32 = True
    tokenizer = Tokenizer.from_file(a.tokenizer)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    cut = slice(None, a.sample or None)
    tags, rels = [], 0
    trees = {}
    for key, name in (("train", "trees.tsv"), ("dev", "dev.tsv")):
        rows = list(blocks(a.data, name))[cut]
        words = [[f[0] for f in r] for r in rows]
        if key == "train":
            tags = sorted({f[1] for r in rows for f in r})
        numbers = {t: i for i, t in enumerate(tags)}
        rels = max([rels] + [int(f[3]) for r in rows for f in r])
        trees[key] = {"pieces": Sentences(words, tokenizer), "length": [len(w) for w in words],
                      "tag": [np.array([numbers.get(f[1], 0) for f in r]) for r in rows],
                      "head": [np.array([int(f[2]) for f in r]) for r in rows], "rel": [np.array([int(f[3]) for f in r]) for r in rows]}
    names = {}
    for key, name in (("train", "names.tsv"), ("dev", "names-dev.tsv")):
        rows = [r for r in blocks(a.data, name) if len(r) <= 120][cut]
        words = [[f[0] for f in r] for r in rows]
        names[key] = {"pieces": Sentences(words, tokenizer), "length": [len(w) for w in words],
                      "allow": [np.array([int(f[1]) for f in r]) for r in rows],
                      "weight": [np.array([round(2 * float(f[2])) for f in r]) for r in rows]}
    plain = [line.split("\t") for line in lines(a.data, "plain.tsv") if line][cut]
    pieces, lengths = Sentences(plain, tokenizer), [len(w) for w in plain]
    say(f"read: {len(trees['train']['length'])} trees, {len(names['train']['length'])} sentences with names, {len(plain)} without labels; {len(tags)} tags")
    models = []
    for seed in range(a.seeds):
        begin = time.time()
        models.append(learn(a, seed + 1, trees["train"], names["train"], (len(tags), rels + 1, 11), device))
        dev = [label(models, s["dev"]["pieces"], s["dev"]["length"], 4 * a.words, device) for s in (trees, names)]
        score(dev, trees["dev"], names["dev"], tags)
        if time.time() - START + (time.time() - begin) > a.limit:
            break
    result = label(models, pieces, lengths, 4 * a.words, device)
    say("labelled")
    os.makedirs(a.out, exist_ok=True)
    with open(os.path.join(a.out, "silver.bin"), "wb") as f:
        f.write("|".join(tags).encode() + b"\n")
        for words, (heads, rels, tag, name, *_) in zip(plain, result):
            f.write(struct.pack("<IB", zlib.crc32("\t".join(words).encode()), len(words)))
            f.write(np.stack([heads, rels, tag, name], 1).astype(np.uint8).tobytes())
    sure = [np.concatenate([r[k] for r in result]) for k in (4, 5)]
    np.savez_compressed(os.path.join(a.out, "sure.npz"), arc=np.round(255 * sure[0]).astype(np.uint8), name=np.round(255 * sure[1]).astype(np.uint8))
    say("written")


main()

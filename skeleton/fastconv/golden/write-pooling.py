"""Writes pooling-torch.json: poolings and their gradients as PyTorch computes them, channels last.

    python3 write-pooling.py
"""
import json
import os

import torch
from torch.nn import functional

CASES = [
    dict(kind="max", B=2, C=5, InY=5, InX=7, KnY=2, KnX=3, Sy=2, Sx=1, Py=1, Px=0),
    dict(kind="max", B=1, C=3, InY=4, InX=4, KnY=2, KnX=2, Sy=2, Sx=2, Py=0, Px=0),
    dict(kind="mean", B=2, C=5, InY=5, InX=6, KnY=3, KnX=2, Sy=2, Sx=2, Py=1, Px=1),
]


def channels_last(tensor):
    return [round(value, 12) for value in tensor.detach().permute(0, 2, 3, 1).reshape(-1).tolist()]


def computed(case):
    # Few different values, so that the largest of a window occurs more than once.
    image = torch.randint(-3, 4, (case["B"], case["C"], case["InY"], case["InX"])).double().requires_grad_()
    pool = functional.max_pool2d if case["kind"] == "max" else functional.avg_pool2d
    output = pool(image, (case["KnY"], case["KnX"]), (case["Sy"], case["Sx"]), (case["Py"], case["Px"]))
    d_output = torch.randint(-4, 5, output.shape).double()
    output.backward(d_output)
    tensors = dict(image=image, output=output, dOutput=d_output, dImage=image.grad)
    return dict(**case, **{name: channels_last(tensor) for name, tensor in tensors.items()})


torch.manual_seed(3)
lines = [json.dumps(computed(case), separators=(",", ":")) for case in CASES]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "pooling-torch.json"), "w") as file:
    file.write("[\n" + ",\n".join(lines) + "\n]\n")

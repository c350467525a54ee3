"""Saves the transfer-learned tensors of the reference as PyTorch saves a model that holds the network as self.model.

Run by hand with Debian's python3-torch, in the repository's folder:  python3 tests/cifar-nets/made/saveStateDict.py
"""
import json
import os
from collections import OrderedDict

import numpy as np
import torch

FOLDER = 'tests/cifar-nets/accepted/transfer-state-dict/models'

with open('reference/cifar-nets/models/transfer.safetensors', 'rb') as file:
    header = json.loads(file.read(int.from_bytes(file.read(8), 'little')))
    numbers = file.read()

state = OrderedDict()
header.pop('__metadata__', None)
for name, entry in header.items():
    begin, end = entry['data_offsets']
    values = np.frombuffer(numbers[begin:end], np.float32).reshape(entry['shape'])
    state[f'model.{name}'] = torch.from_numpy(values.copy())
    if name.endswith('running_var'):
        state[f'model.{name[:-len("running_var")]}num_batches_tracked'] = torch.tensor(1)

os.makedirs(FOLDER, exist_ok=True)
torch.save(state, f'{FOLDER}/transfer.pth')

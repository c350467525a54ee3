"""Writes small networks as PyTorch exports them, and what PyTorch computes with them.

Run by hand with Debian's python3-torch and python3-onnx:  python3 write.py
Pixel i of the images is (i * 2654435761 mod 2**32) / 2**32, so that they need not be kept.
"""
import json
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn import functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
IMAGES = 3
logits = {}


def path(name):
    return os.path.join(HERE, name)


def images(channels, rows, columns, count=IMAGES):
    n = count * channels * rows * columns
    values = (np.arange(n, dtype=np.uint64) * 2654435761 % 2**32 / 2**32).astype(np.float32)
    # They are numbered with their channels last.
    return torch.from_numpy(values.reshape(count, rows, columns, channels)).permute(0, 3, 1, 2).contiguous()


def settle(model, shape):
    """Gives batch normalisation statistics of its own, and leaves training."""
    model.train()
    with torch.no_grad():
        for _ in range(3):
            model(images(*shape, count=8))
    return model.eval()


def remember(name, shape, result):
    values = [float(f'{value:.9g}') for value in result.detach().flatten().tolist()]
    logits[name] = {'shape': [shape[1], shape[2], shape[0]], 'logits': values}


def export(name, model, shape, opset=13, batch=True, **options):
    settle(model, shape)
    axes = {'images': {0: 'batch'}, 'classes': {0: 'batch'}} if batch else None
    torch.onnx.export(model, images(*shape, count=1), path(f'{name}.onnx'), opset_version=opset, input_names=['images'],
                      output_names=['classes'], dynamic_axes=axes, **options)
    remember(name, shape, model(images(*shape)))


def convolutions(*channels):
    layers = []
    for size, more in zip(channels, channels[1:]):
        layers += [nn.Conv2d(size, more, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2, 2)]
    return layers


def lenet(softmax=False):
    head = [nn.Flatten(), nn.Linear(8 * 16, 8), nn.ReLU(), nn.Linear(8, 10)]
    return nn.Sequential(*convolutions(3, 4, 6, 8), *head, *([nn.Softmax(dim=1)] if softmax else []))


class Normalised(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6), nn.ReLU(), nn.Dropout2d(0.2),
            nn.Conv2d(6, 8, 3, stride=2, padding=1), nn.BatchNorm2d(8), nn.ReLU())
        self.head = nn.Sequential(nn.Linear(8 * 25, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 10))

    def forward(self, x):
        x = self.features(x)
        return self.head(x.view(x.size(0), -1))


class Block(nn.Module):
    def __init__(self, size, more, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(size, more, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(more)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(more, more, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(more)
        self.downsample = None
        if stride != 1 or size != more:
            self.downsample = nn.Sequential(nn.Conv2d(size, more, 1, stride, bias=False), nn.BatchNorm2d(more))

    def forward(self, x):
        y = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
        return self.relu(y + (x if self.downsample is None else self.downsample(x)))


class Residual(nn.Module):
    """The names of torchvision's ResNet18, with fewer channels and blocks."""

    def __init__(self, sizes=(4, 4, 6, 6)):
        super().__init__()
        self.conv1 = nn.Conv2d(3, sizes[0], 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(sizes[0])
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = nn.Sequential(Block(sizes[0], sizes[1], 1), Block(sizes[1], sizes[1], 1))
        self.layer2 = nn.Sequential(Block(sizes[1], sizes[2], 2))
        self.layer3 = nn.Sequential(Block(sizes[2], sizes[3], 2))
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(sizes[3], 10)

    def forward(self, x):
        x = F.interpolate(x, scale_factor=4)
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.fc(torch.flatten(self.avgpool(x), 1))


class Pools(nn.Module):
    """What each kind of pooling makes of the same image."""

    def __init__(self):
        super().__init__()
        self.head = nn.LazyLinear(5)

    def forward(self, x):
        parts = [F.max_pool2d(x, 3, 2, ceil_mode=True), F.max_pool2d(x, (2, 3), (3, 2), (1, 1)),
                 F.avg_pool2d(x, 3, 2, 1), F.avg_pool2d(x, 3, 2, 1, ceil_mode=True),
                 F.avg_pool2d(x, 3, 2, 1, count_include_pad=False), F.avg_pool2d(x, (1, 4)),
                 x.mean(dim=3), x.mean(dim=(2, 3), keepdim=True), x.amax(dim=(2, 3))]
        return self.head(torch.cat([part.flatten(1) for part in parts], 1))


class Activations(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, stride=3)
        self.scale = nn.Linear(4, 8)

    def forward(self, x):
        x = self.conv(x) * 4
        kinds = [nn.LeakyReLU(0.2), nn.ELU(0.7), nn.SELU(), nn.SiLU(), nn.GELU(), nn.Sigmoid(), nn.Tanh(), nn.Hardswish(),
                 nn.Hardsigmoid(), nn.Softplus(), nn.ReLU6()]
        x = torch.cat([kind(x) for kind in kinds], 1)
        x = x.mean(dim=(2, 3)).view(x.shape[0], len(kinds), 4)
        return torch.log_softmax(self.scale(x).sum(dim=1), dim=1)


class Groups(nn.Module):
    def __init__(self):
        super().__init__()
        self.split = nn.Conv2d(4, 6, 3, padding=1, groups=2)
        self.depthwise = nn.Conv2d(6, 6, 3, stride=2, padding=1, groups=6, bias=False)
        self.wider = nn.Conv2d(6, 12, 3, padding=1, groups=6)
        self.dilated = nn.Conv2d(18, 4, 3, padding=2, dilation=2)
        self.wide = nn.Conv2d(4, 4, (1, 3), padding=(0, 1))
        self.head = nn.Linear(4, 5)

    def forward(self, x):
        x = F.relu(self.split(x))
        x = F.relu(self.depthwise(F.pad(x, (0, 1, 0, 2))))
        x = torch.cat([x, self.wider(x)], 1)
        return self.head(self.wide(self.dilated(x)).mean((2, 3)))


class Squeezed(nn.Module):
    """Normalises its images itself, and weighs its channels by what they hold."""

    def __init__(self):
        super().__init__()
        self.register_buffer('mean', torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1))
        self.register_buffer('std', torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1))
        self.conv = nn.Conv2d(3, 6, 3, padding=1)
        self.squeeze = nn.Conv2d(6, 2, 1)
        self.excite = nn.Conv2d(2, 6, 1)
        self.head = nn.Linear(6, 5)

    def forward(self, x):
        x = F.interpolate((x - self.mean) / self.std, size=(13, 17), mode='bilinear', align_corners=False)
        x = F.relu(self.conv(x))
        x = x * torch.sigmoid(self.excite(F.relu(self.squeeze(F.adaptive_avg_pool2d(x, 1)))))
        return self.head(F.adaptive_max_pool2d(x, 1).flatten(1)) * 2 + 1


def write_half(model, shape):
    """Weights of 16 bits, as converters of models write them."""
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.half().float())
    export('half', model, shape)
    half = onnx.load(path('half.onnx'))
    for tensor in half.graph.initializer:
        tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), tensor.name))
    for value in [*half.graph.input, *half.graph.output]:
        value.type.tensor_type.elem_type = TensorProto.FLOAT16
    onnx.save(half, path('half.onnx'))


def write_external(model, shape):
    """The weights in a second file."""
    export('external', model, shape)
    whole = onnx.load(path('external.onnx'))
    if os.path.exists(path('external.onnx.data')):
        os.remove(path('external.onnx.data'))
    onnx.save_model(whole, path('external.onnx'), save_as_external_data=True, location='external.onnx.data', size_threshold=0)


def write_channels_last(shape):
    """Images with their channels last, padding given as SAME, a dense layer as a product and a sum: as from Keras."""
    g = torch.Generator().manual_seed(5)
    kernel, bias = torch.randn(4, 3, 3, 3, generator=g) / 5, torch.randn(4, generator=g)
    weights, offsets = torch.randn(5 * 6 * 4, 5, generator=g) / 9, torch.randn(5, generator=g)
    x = F.pad(images(*shape), (0, 1, 0, 1) if shape[1] % 2 == 0 else (1, 1, 1, 1))
    x = F.relu(F.conv2d(x, kernel, bias, stride=2)).permute(0, 2, 3, 1).flatten(1)
    remember('channels-last', shape, torch.softmax(x @ weights + offsets, 1))
    node = helper.make_node
    nodes = [
        node('Transpose', ['images'], ['t'], perm=[0, 3, 1, 2]),
        node('Conv', ['t', 'kernel', 'bias'], ['c'], auto_pad='SAME_UPPER', strides=[2, 2], kernel_shape=[3, 3]),
        node('Relu', ['c'], ['r']),
        node('Transpose', ['r'], ['l'], perm=[0, 2, 3, 1]),
        node('Reshape', ['l', 'flat'], ['f']),
        node('MatMul', ['f', 'weights'], ['m']),
        node('Add', ['m', 'offsets'], ['a']),
        node('Softmax', ['a'], ['classes'], axis=-1),
    ]
    tensors = {'kernel': kernel, 'bias': bias, 'weights': weights, 'offsets': offsets, 'flat': torch.tensor([-1, 120])}
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes, 'keras', [value('images', TensorProto.FLOAT, ['unk', shape[1], shape[2], shape[0]])],
        [value('classes', TensorProto.FLOAT, ['unk', 5])],
        [numpy_helper.from_array(tensor.numpy(), name) for name, tensor in tensors.items()])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid('', 13)]), path('channels-last.onnx'))


def main():
    torch.manual_seed(1)
    preserved = {'training': torch.onnx.TrainingMode.PRESERVE, 'do_constant_folding': False}
    for opset in (9, 11):
        export(f'lenet-{opset}', lenet(softmax=opset == 11), (3, 32, 32), opset=opset, batch=opset != 9)
    export('folded', Normalised(), (3, 10, 10), batch=False)
    export('preserved', Normalised(), (3, 10, 10), **preserved)
    residual = Residual()
    export('residual', residual, (3, 20, 24), **preserved)
    torch.save(residual.state_dict(), path('residual.pth'))
    export('pools', Pools(), (3, 8, 9))
    export('activations', Activations(), (3, 12, 15), opset=14)
    export('groups', Groups(), (4, 11, 13))
    export('squeezed', Squeezed(), (3, 9, 8))
    write_half(lenet(), (3, 32, 32))
    write_external(lenet(), (3, 32, 32))
    write_channels_last((3, 10, 12))
    with open(path('logits.json'), 'w') as file:
        json.dump(logits, file)
        file.write('\n')


main()

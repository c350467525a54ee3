"""PyTorch; arguments: the threads, the memory layout of images (contiguous or channels_last)."""

import json
import sys
import time


def reply(**message):
    print(json.dumps(message), flush=True)


try:
    import torch
except ImportError:
    reply(**{"is": "unable"}, reason="PyTorch is not installed: apt-get install python3-torch")
    sys.exit()

SEEDS = {"a": 1, "b": 1_000_003, "image": 2, "weights": 2_000_003, "biases": 3, "dOutput": 4_000_037}
LAYOUT = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}[sys.argv[2]]


def filled(shape, seed):
    """The numbers of data.ts."""
    count = torch.Size(shape).numel()
    hashed = ((torch.arange(count) + seed) * 2654435761) & 0xFFFFFFFF
    return (hashed.double() / 2**32 - 0.5).float().reshape(shape)


def images(tensor):
    return tensor.permute(0, 3, 1, 2).contiguous(memory_format=LAYOUT)


def sum_of_squares(tensors):
    return sum(tensor.double().square().sum().item() for tensor in tensors)


class Product:
    def __init__(self, case):
        self.a = filled((case["M"], case["K"]), SEEDS["a"])
        self.b = filled((case["K"], case["N"]), SEEDS["b"])
        self.c = torch.empty(case["M"], case["N"])

    def run(self):
        with torch.no_grad():
            torch.mm(self.a, self.b, out=self.c)

    def digest(self):
        return sum_of_squares([self.c])


class Convolution:
    def __init__(self, case):
        g = case["geometry"]
        self.backward = case["ways"] == "both"
        self.sizes = {"stride": (g["Sy"], g["Sx"]), "padding": (g["Py"], g["Px"])}
        image = images(filled((g["B"], g["InY"], g["InX"], g["InC"]), SEEDS["image"]))
        kernel = filled((g["KnY"], g["KnX"], g["InC"], g["KnC"]), SEEDS["weights"])
        weights = kernel.permute(3, 2, 0, 1).contiguous(memory_format=LAYOUT)
        self.inputs = [image, weights, filled((g["KnC"],), SEEDS["biases"])]
        self.gradient = images(filled((g["B"], g["OpY"], g["OpX"], g["KnC"]), SEEDS["dOutput"]))
        self.results = []
        for tensor in self.inputs:
            tensor.requires_grad_(self.backward)

    def run(self):
        with torch.set_grad_enabled(self.backward):
            output = torch.nn.functional.conv2d(*self.inputs, **self.sizes)
            self.results = torch.autograd.grad(output, self.inputs, self.gradient) if self.backward else [output]

    def digest(self):
        return sum_of_squares(self.results)


class Epoch:
    def __init__(self, case):
        g = case["geometry"]
        self.batch = case["batchSize"]
        self.images = torch.rand(case["images"], g["InC"], g["InY"], g["InX"]).contiguous(memory_format=LAYOUT)
        self.labels = torch.randint(case["classes"], (case["images"],))
        self.network = torch.nn.Sequential(
            torch.nn.Conv2d(g["InC"], g["KnC"], (g["KnY"], g["KnX"]), (g["Sy"], g["Sx"]), (g["Py"], g["Px"])),
            torch.nn.LeakyReLU(0.1),
            torch.nn.Flatten(),
            torch.nn.Linear(g["OpY"] * g["OpX"] * g["KnC"], case["hidden"]),
            torch.nn.LeakyReLU(0.1),
            torch.nn.Linear(case["hidden"], case["classes"]),
        ).to(memory_format=LAYOUT)
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=case["learningRate"], momentum=case["momentum"])
        self.losses = []

    def run(self):
        self.losses = []
        order = torch.randperm(len(self.labels))
        for first in range(0, len(order) - self.batch + 1, self.batch):
            chosen = order[first : first + self.batch]
            loss = torch.nn.functional.cross_entropy(self.network(self.images[chosen]), self.labels[chosen])
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            self.losses.append(loss.item())

    def digest(self):
        return sum(self.losses) / len(self.losses)


KINDS = {"gemm": Product, "convolution": Convolution, "epoch": Epoch}


def main():
    torch.set_num_threads(int(sys.argv[1]))
    reply(**{"is": "ready"}, version=torch.__version__)
    prepared = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["ask"] == "prepare":
                prepared = None
                prepared = KINDS[request["case"]["kind"]](request["case"])
                reply(**{"is": "prepared"})
            elif request["ask"] == "digest":
                reply(**{"is": "digest"}, value=prepared.digest())
            else:
                started = time.perf_counter()
                for _ in range(request["times"]):
                    prepared.run()
                reply(**{"is": "timed"}, ms=(time.perf_counter() - started) * 1e3 / request["times"])
        except Exception as error:
            reply(**{"is": "unable"}, reason=str(error).split("\n")[0])


main()

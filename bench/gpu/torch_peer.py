#!/usr/bin/env python3
"""The networks of Linnet's benchmark through PyTorch, timed by events of the device.

    torch_peer.py [--device cuda:0] [--tf32] NETWORK/MODE/nBATCH ...

Prints an object a line: what it runs on, then for each network and variant the seconds of every
sample. Values are fp32 in channels_last, with TF32 off; --tf32 adds runs with TF32 on. `eager` calls
PyTorch as a user does; `graph` records a batch once as a CUDA graph and replays it, as Linnet does.
"""

import argparse
import json
import sys
import time

WARM_UPS = 3
MOST_RUNS = 1000


def say(**values):
    print(json.dumps(values), flush=True)


try:
    import torch
    from torch import nn
    from torch.nn import functional
except Exception as e:  # also a library that it cannot load
    say(missing=f"no PyTorch for {sys.executable}: {e}; name another Python with --python")
    sys.exit(0)


# ---- the networks, as dev.linnet.bench.zoo has them ---------------------------------------------


def conv(inputs, outputs, kernel, stride, groups=1, bias=False):
    return nn.Conv2d(
        inputs, outputs, kernel, stride, padding=kernel // 2, groups=groups, bias=bias
    )


def conv_bn_act(inputs, outputs, kernel, stride, act, groups=1):
    return nn.Sequential(
        conv(inputs, outputs, kernel, stride, groups), nn.BatchNorm2d(outputs), act()
    )


def relu():
    return nn.ReLU(inplace=True)


def hard_swish():
    return nn.Hardswish(inplace=True)


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.a = conv_bn_act(inputs, outputs, 3, stride, relu)
        self.b = nn.Sequential(conv(outputs, outputs, 3, 1), nn.BatchNorm2d(outputs))
        self.shortcut = conv(inputs, outputs, 1, stride) if stride > 1 else nn.Identity()

    def forward(self, x):
        return functional.relu(self.b(self.a(x)) + self.shortcut(x))


class ResNet20(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        blocks = [conv_bn_act(3, 16, 3, 1, relu)]
        channels = 16
        for stage, width in enumerate((16, 32, 64)):
            for block in range(3):
                stride = 2 if stage > 0 and block == 0 else 1
                blocks.append(ResidualBlock(channels, width, stride))
                channels = width
        self.features = nn.Sequential(*blocks)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


class Gate(nn.Module):
    def __init__(self, channels):
        super().__init__()
        squeezed = max(8, (channels // 4 + 4) // 8 * 8)
        self.squeeze = conv(channels, squeezed, 1, 1, bias=True)
        self.excite = conv(squeezed, channels, 1, 1, bias=True)

    def forward(self, x):
        y = functional.relu(self.squeeze(x.mean((2, 3), keepdim=True)), inplace=True)
        return x * functional.hardsigmoid(self.excite(y))


class InvertedResidual(nn.Module):
    def __init__(self, inputs, kernel, expanded, outputs, gated, act, stride):
        super().__init__()
        layers = [] if expanded == inputs else [conv_bn_act(inputs, expanded, 1, 1, act)]
        layers.append(conv_bn_act(expanded, expanded, kernel, stride, act, groups=expanded))
        if gated:
            layers.append(Gate(expanded))
        layers += [conv(expanded, outputs, 1, 1), nn.BatchNorm2d(outputs)]
        self.layers = nn.Sequential(*layers)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        y = self.layers(x)
        return x + y if self.residual else y


class MobileNetV3Small(nn.Module):
    # kernel, expanded, channels, squeeze-excite, hard swish, stride
    ROWS = (
        (3, 16, 16, True, False, 2),
        (3, 72, 24, False, False, 2),
        (3, 88, 24, False, False, 1),
        (5, 96, 40, True, True, 2),
        (5, 240, 40, True, True, 1),
        (5, 240, 40, True, True, 1),
        (5, 120, 48, True, True, 1),
        (5, 144, 48, True, True, 1),
        (5, 288, 96, True, True, 2),
        (5, 576, 96, True, True, 1),
        (5, 576, 96, True, True, 1),
    )

    def __init__(self, classes, first_strides):
        super().__init__()
        layers = [conv_bn_act(3, 16, 3, first_strides, hard_swish)]
        channels = 16
        for i, (kernel, expanded, outputs, gated, swish, stride) in enumerate(self.ROWS):
            act = hard_swish if swish else relu
            stride = first_strides if i == 0 else stride
            layers.append(
                InvertedResidual(channels, kernel, expanded, outputs, gated, act, stride)
            )
            channels = outputs
        layers.append(conv_bn_act(channels, 576, 1, 1, hard_swish))
        self.features = nn.Sequential(*layers)
        self.head = nn.Linear(576, 1024)
        self.classifier = nn.Linear(1024, classes)

    def forward(self, x):
        y = self.head(self.features(x).mean((2, 3)))
        return self.classifier(functional.hardswish(y))


# name: how it is built, height and width of its images, classes
NETWORKS = {
    "resnet20@32x32": (ResNet20, 32, 10),
    "mobilenetv3small@32x32": (lambda: MobileNetV3Small(10, 1), 32, 10),
    "mobilenetv3small@224x224": (lambda: MobileNetV3Small(1000, 2), 224, 1000),
}


# ---- steps --------------------------------------------------------------------------------------


def parameter_groups(model):
    """Weights decay; biases and the scales of batch norms do not, as in Linnet's recipe."""
    weights = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    return [{"params": weights, "weight_decay": 1e-4}, {"params": others, "weight_decay": 0.0}]


def make_step(name, training, batch, device):
    """A network and a function that runs it once: a batch of inference or a training step."""
    build, size, classes = NETWORKS[name]
    torch.manual_seed(1)
    model = build().to(device=device, memory_format=torch.channels_last)
    images = torch.randn(batch, 3, size, size).to(
        device=device, memory_format=torch.channels_last
    )
    if not training:
        model.eval()

        def infer():
            with torch.no_grad():
                return model(images)

        return model, infer
    labels = torch.randint(0, min(10, classes), (batch,)).to(device)
    model.train()
    optimizer = torch.optim.SGD(parameter_groups(model), lr=0.01, momentum=0.9, nesterov=True)

    def train():
        optimizer.zero_grad(set_to_none=True)
        loss = functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        return loss

    return model, train


def as_graph(step):
    """The same step recorded as a CUDA graph; the gradients live in its memory."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(WARM_UPS):
            step()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return graph.replay


# ---- time ---------------------------------------------------------------------------------------


def seconds(step, runs, device):
    """How long some runs take together: by events on a GPU, else by the host's clock."""
    if device.type != "cuda":
        start = time.perf_counter()
        for _ in range(runs):
            step()
        return time.perf_counter() - start
    start = torch.cuda.Event(enable_timing=True)
    end = torch.cuda.Event(enable_timing=True)
    start.record()
    for _ in range(runs):
        step()
    end.record()
    end.synchronize()
    return 1e-3 * start.elapsed_time(end)


def sample(step, device, options):
    """The runs of a sample, and the seconds of each sample."""
    for _ in range(WARM_UPS):
        estimate = seconds(step, 1, device)
    runs = max(1, min(MOST_RUNS, round(options.sample_seconds / max(1e-9, estimate))))
    count = max(1, min(options.samples, int(options.budget / (runs * max(1e-9, estimate)))))
    return runs, [seconds(step, runs, device) for _ in range(count)]


def parse_case(text):
    name, mode, batch = text.rsplit("/", 2)
    if name not in NETWORKS or mode not in ("inference", "training") or batch[:1] != "n":
        raise ValueError(f"no case {text}; NETWORK/inference|training/nBATCH of {list(NETWORKS)}")
    return name, mode == "training", int(batch[1:])


def measure(case, variant, device, options):
    name, training, batch = case
    model, step = make_step(name, training, batch, device)
    if variant.startswith("graph"):
        step = as_graph(step)
    runs, times = sample(step, device, options)
    say(
        network=name,
        training=training,
        batch=batch,
        variant=variant,
        parameters=sum(p.numel() for p in model.parameters()),
        runs=runs,
        seconds=times,
    )


def set_tf32(on):
    torch.backends.cuda.matmul.allow_tf32 = on
    torch.backends.cudnn.allow_tf32 = on


def about(device):
    text = f"PyTorch {torch.__version__}"
    if device.type == "cuda":
        text += (
            f" on {torch.cuda.get_device_name(device)}, CUDA {torch.version.cuda}"
            f", cuDNN {torch.backends.cudnn.version()}"
        )
    else:
        text += f" on {device}"
    return text + "; fp32, channels_last"


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", default="cuda:0")
    parser.add_argument("--tf32", action="store_true", help="also with tensor cores")
    parser.add_argument("--samples", type=int, default=21)
    parser.add_argument("--budget", type=float, default=3.0, help="seconds for all samples")
    parser.add_argument("--sample-seconds", type=float, default=2e-3)
    parser.add_argument("cases", nargs="+", type=parse_case)
    options = parser.parse_args(arguments)
    device = torch.device(options.device)
    if device.type == "cuda":
        if not torch.cuda.is_available():
            say(missing=f"PyTorch {torch.__version__} finds no CUDA device here")
            return 0
        torch.cuda.set_device(device)
        torch.backends.cudnn.benchmark = True
    say(about=about(device))
    # graphs last: a recording that fails may leave the device in a state of its own
    variants = ["eager", "graph"] if device.type == "cuda" else ["eager"]
    for variant in variants:
        for tf32 in [False, True] if options.tf32 else [False]:
            set_tf32(tf32)
            for case in options.cases:
                label = variant + ("/tf32" if tf32 else "")
                try:
                    measure(case, label, device, options)
                except Exception as e:  # one that does not fit must not take the others with it
                    name = f"{case[0]}/{'training' if case[1] else 'inference'}/n{case[2]}"
                    say(failed=f"{name}, {label}: {str(e).splitlines()[0] if str(e) else repr(e)}")
                if device.type == "cuda":
                    torch.cuda.empty_cache()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The network in PyTorch: modules of torch.nn, batch norm folded into the convolutions as PyTorch itself offers."""
import numpy as np
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval, fuse_linear_bn_eval

EPSILON = 1e-3


def _tensor(array):
    return nn.Parameter(torch.from_numpy(np.ascontiguousarray(array)))


def _norm(norm, weights, name):
    norm.eps = EPSILON
    norm.weight, norm.bias = _tensor(weights[name + ".gamma"]), _tensor(weights[name + ".beta"])
    norm.running_mean.copy_(torch.from_numpy(weights[name + ".mean"]))
    norm.running_var.copy_(torch.from_numpy(weights[name + ".variance"]))
    return norm.eval()


def _conv(weights, name, dilation=1):
    kernel = weights[name + ".kernel"]
    taps, inputs, outputs = kernel.shape
    conv = nn.Conv1d(inputs, outputs, taps, dilation=dilation)
    conv.weight, conv.bias = _tensor(kernel.transpose(2, 1, 0)), _tensor(weights[name + ".bias"])
    return conv.eval()


def _branch(weights, name, dilation):
    conv = _conv(weights, name, dilation)
    conv = fuse_conv_bn_eval(conv, _norm(nn.BatchNorm1d(conv.out_channels), weights, name + "_norm"))
    padding = (conv.kernel_size[0] - 1) * dilation
    return nn.Sequential(nn.ConstantPad1d((padding // 2, padding - padding // 2), 0.0), conv, nn.ReLU())


class Block(nn.Module):
    def __init__(self, weights, name, dilation):
        super().__init__()
        for branch in ("first_k2", "first_k3", "second_k2", "second_k3"):
            setattr(self, branch, _branch(weights, f"{name}.{branch}", dilation))
        self.shortcut = _conv(weights, name + ".shortcut")

    def forward(self, x):
        y = torch.cat((self.first_k2(x), self.first_k3(x)), 1)
        y = torch.cat((self.second_k2(y), self.second_k3(y)), 1)
        return torch.relu(y + self.shortcut(x))


def _gru(weights):
    # Keras orders the gates z, r, h; PyTorch r, z, n.
    order = np.r_[8:16, 0:8, 16:24]
    gru = nn.GRU(16, 8, batch_first=True, bidirectional=True)
    for direction, suffix in (("forward", "_l0"), ("backward", "_l0_reverse")):
        name = "gru." + direction
        setattr(gru, "weight_ih" + suffix, _tensor(weights[name + ".kernel"].T[order]))
        setattr(gru, "weight_hh" + suffix, _tensor(weights[name + ".recurrent"].T[order]))
        setattr(gru, "bias_ih" + suffix, _tensor(weights[name + ".input_bias"][order]))
        setattr(gru, "bias_hh" + suffix, _tensor(weights[name + ".recurrent_bias"][order]))
    return gru


def _linear(weights, name):
    kernel = weights[name + ".kernel"]
    linear = nn.Linear(*kernel.shape)
    linear.weight, linear.bias = _tensor(kernel.T), _tensor(weights[name + ".bias"])
    return linear.eval()


class Network(nn.Module):
    """[n, 174, 4] to scores [n]."""

    def __init__(self, weights):
        super().__init__()
        self.block1, self.block2 = Block(weights, "block1", 1), Block(weights, "block2", 2)
        self.gru = _gru(weights)
        self.attention = _linear(weights, "attention")
        self.context = _tensor(weights["attention.context"])
        self.hidden = fuse_linear_bn_eval(_linear(weights, "hidden"), _norm(nn.BatchNorm1d(32), weights, "hidden_norm"))
        self.output = _linear(weights, "output")

    def forward(self, x):
        h, _ = self.gru(self.block2(self.block1(x.transpose(1, 2))).transpose(1, 2))
        energy = torch.exp(torch.tanh(self.attention(h)) @ self.context)
        share = energy / (energy.sum(1, keepdim=True) + 1e-7)
        context = (h * share.unsqueeze(-1)).sum(1)
        return torch.sigmoid(self.output(torch.relu(self.hidden(context))))[:, 0]


def load(weights, threads, way):
    """way: eager or compiled. Returns a function from float32 [n, 174, 4] to scores [n]."""
    torch.set_num_threads(threads)
    network = Network(weights).eval()
    if way == "compiled":
        network = torch.compile(network, dynamic=False)

    def score(windows):
        with torch.inference_mode():
            return network(torch.from_numpy(windows)).numpy()

    return score

"""The network in Keras on TensorFlow, layer by layer as it was published."""
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np
import tensorflow
from keras import layers, ops

EPSILON = 1e-3


class Attention(layers.Layer):
    """[n, 174, 16] to [n, 16]."""

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], 8))
        self.bias = self.add_weight(shape=(8,))
        self.context = self.add_weight(shape=(8, 1))

    def call(self, h):
        energy = ops.exp(ops.matmul(ops.tanh(ops.matmul(h, self.kernel) + self.bias), self.context))
        return ops.sum(h * energy / (ops.sum(energy, axis=1, keepdims=True) + 1e-7), axis=1)


class Builder:
    """Applies layers and remembers which weights each is to get."""

    def __init__(self, weights):
        self.weights, self.made = weights, []

    def apply(self, layer, x, names):
        self.made.append((layer, [self.weights[name] for name in names]))
        return layer(x)

    def conv(self, x, name, dilation):
        taps, _, filters = self.weights[name + ".kernel"].shape
        layer = layers.Conv1D(filters, taps, dilation_rate=dilation, padding="same")
        return self.apply(layer, x, (name + ".kernel", name + ".bias"))

    def norm(self, x, name):
        names = [f"{name}.{part}" for part in ("gamma", "beta", "mean", "variance")]
        return self.apply(layers.BatchNormalization(epsilon=EPSILON), x, names)

    def branches(self, x, name, dilation):
        made = [layers.ReLU()(self.norm(self.conv(x, name + kind, dilation), f"{name}{kind}_norm")) for kind in ("_k2", "_k3")]
        return layers.Concatenate()(made)

    def block(self, x, name, dilation):
        y = self.branches(self.branches(x, name + ".first", dilation), name + ".second", dilation)
        return layers.ReLU()(layers.Add()([y, self.conv(x, name + ".shortcut", 1)]))

    def gru(self, x):
        layer = layers.Bidirectional(layers.GRU(8, return_sequences=True, reset_after=True))
        values = []
        for direction in ("gru.forward", "gru.backward"):
            values += [self.weights[direction + ".kernel"], self.weights[direction + ".recurrent"],
                       np.stack((self.weights[direction + ".input_bias"], self.weights[direction + ".recurrent_bias"]))]
        self.made.append((layer, values))
        return layer(x)

    def dense(self, x, name):
        return self.apply(layers.Dense(len(self.weights[name + ".bias"])), x, (name + ".kernel", name + ".bias"))


def build(weights):
    weights = dict(weights)
    weights["attention.context"] = weights["attention.context"][:, None]
    builder = Builder(weights)
    windows = keras.Input((174, 4))
    h = builder.gru(builder.block(builder.block(windows, "block1", 1), "block2", 2))
    context = builder.apply(Attention(), h, ("attention.kernel", "attention.bias", "attention.context"))
    hidden = layers.ReLU()(builder.norm(builder.dense(context, "hidden"), "hidden_norm"))
    model = keras.Model(windows, ops.sigmoid(builder.dense(hidden, "output")))
    for layer, values in builder.made:
        layer.set_weights(values)
    return model


def load(weights, threads, way):
    """way: graph, xla, or predict, the published program's: one model.predict() a call.

    Returns a function from float32 [n, 174, 4] to scores [n].
    """
    tensorflow.config.threading.set_intra_op_parallelism_threads(threads)
    tensorflow.config.threading.set_inter_op_parallelism_threads(threads)
    model = build(weights)
    if way == "predict":
        return lambda windows: model.predict(windows, verbose=0)[:, 0]
    run = tensorflow.function(lambda x: model(x, training=False), jit_compile=way == "xla")
    return lambda windows: run(tensorflow.convert_to_tensor(windows)).numpy()[:, 0]

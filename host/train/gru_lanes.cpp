// Arrays of vectors need a vector of known size.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#include <hwy/aligned_allocator.h>

#include <algorithm>

#include "host/train/lanes.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "host/train/gru_lanes.cpp"
#include <hwy/foreach_target.h>
// Highway wants its own headers after foreach_target.h.
#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace iresweep::train::lanes::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, kLanes>;
using V = hn::Vec<D>;

// The published sizes as constants, so that the compiler unrolls its sums; any others come as a GruShape.
struct Published {
  static constexpr int inputs = 16, units = 8;
};

HWY_INLINE V broadcast(float value) { return hn::Set(D(), value); }
HWY_INLINE V one() { return broadcast(1.0f); }
HWY_INLINE V sigmoid(V x) { return hn::Div(one(), hn::Add(one(), hn::Exp(D(), hn::Neg(x)))); }

// One position and one vector of windows: the rows that its sums read. `previous` is null at the first position.
struct Step {
  const float *x, *previous;
  std::size_t stride;  // floats from one channel to the next
};

// One direction. `Shape` is Published or GruShape.
template <class Shape>
class Direction {
 public:
  Direction(const Shape& shape, const GruWeights& w, Extent extent, bool reversed)
      : shape_(shape), w_(w), extent_(extent), reversed_(reversed) {}

  void forward(const float* x, float* y, float* tape) const {
    const std::size_t stride = extent_.windows;
    for (int first = 0; first < extent_.windows; first += int(hn::Lanes(D()))) {
      const float* previous = nullptr;
      for (int i = 0; i < extent_.positions; ++i) {
        const std::size_t t = position(i);
        const Step at{x + t * shape_.inputs * stride + first, previous, stride};
        float* state = y + state_row(t) * stride + first;
        for (int u = 0; u < shape_.units; ++u) forward_unit(at, u, state, tape + t * tape_rows() * stride + first);
        previous = state;
      }
    }
  }

  void backward(const float* x, const float* y, const float* tape, const float* dy, float* dx,
                const GruGradients& gradients) const {
    const std::size_t stride = extent_.windows, lanes = hn::Lanes(D());
    const int units = shape_.units;
    // The row of a gate among those of the inputs' side and of the states' side.
    const auto of_input = [](int g) { return g; };
    const auto of_state = [this](int g) { return recurrent_row(g); };
    const auto sums = hwy::AllocateAligned<float>(bias_sums_end() * lanes);
    const auto carry = hwy::AllocateAligned<float>((units + tape_rows()) * lanes);
    float *dh = carry.get(), *gates = carry.get() + units * lanes;
    std::fill_n(sums.get(), bias_sums_end() * lanes, 0.0f);
    for (int first = 0; first < extent_.windows; first += int(lanes)) {
      std::fill_n(dh, units * lanes, 0.0f);
      for (int i = extent_.positions - 1; i >= 0; --i) {
        const std::size_t t = position(i);
        const float* previous = i > 0 ? y + state_row(position(i - 1)) * stride + first : nullptr;
        const Step at{x + t * shape_.inputs * stride + first, previous, stride};
        const float* saved = tape + t * tape_rows() * stride + first;
        for (int u = 0; u < units; ++u) backward_unit(at, saved, dy + state_row(t) * stride + first, u, dh, gates);
        add_products(gates, of_state, w_.recurrent, units, dh, lanes);
        add_products(gates, of_input, w_.kernel, shape_.inputs, dx + t * shape_.inputs * stride + first, stride);
        weight_gradient(at.x, stride, shape_.inputs, gates, of_input, sums.get());
        if (previous) weight_gradient(previous, stride, units, gates, of_state, sums.get() + kernel_sums_end() * lanes);
        bias_gradient(gates, sums.get() + recurrent_sums_end() * lanes);
      }
    }
    add_sums(sums.get(), gradients);
  }

 private:
  int gates() const { return 3 * shape_.units; }
  int tape_rows() const { return 4 * shape_.units; }
  // The gate rows that a column of the kernels meets: the candidate's recurrent side has rows of its own.
  int recurrent_row(int gate) const { return gate < 2 * shape_.units ? gate : gate + shape_.units; }
  // Sums a vector wide: kernel, recurrent kernel, biases (of the four kinds of rows).
  int kernel_sums_end() const { return shape_.inputs * gates(); }
  int recurrent_sums_end() const { return kernel_sums_end() + shape_.units * gates(); }
  int bias_sums_end() const { return recurrent_sums_end() + tape_rows(); }

  std::size_t position(int i) const { return reversed_ ? extent_.positions - 1 - i : i; }
  std::size_t state_row(std::size_t t) const { return (2 * t + (reversed_ ? 1 : 0)) * shape_.units; }

  HWY_INLINE void forward_unit(const Step& at, int u, float* y, float* tape) const {
    const D d;
    const int units = shape_.units;
    V z = broadcast(w_.input_bias[u] + w_.recurrent_bias[u]);
    V r = broadcast(w_.input_bias[units + u] + w_.recurrent_bias[units + u]);
    V n = broadcast(w_.input_bias[2 * units + u]);
    V q = broadcast(w_.recurrent_bias[2 * units + u]);
    for (int c = 0; c < shape_.inputs; ++c) {
      const V x = hn::LoadU(d, at.x + c * at.stride);
      const float* row = w_.kernel + c * gates() + u;
      z = hn::MulAdd(x, broadcast(row[0]), z);
      r = hn::MulAdd(x, broadcast(row[units]), r);
      n = hn::MulAdd(x, broadcast(row[2 * units]), n);
    }
    for (int p = 0; at.previous && p < units; ++p) {
      const V h = hn::LoadU(d, at.previous + p * at.stride);
      const float* row = w_.recurrent + p * gates() + u;
      z = hn::MulAdd(h, broadcast(row[0]), z);
      r = hn::MulAdd(h, broadcast(row[units]), r);
      q = hn::MulAdd(h, broadcast(row[2 * units]), q);
    }
    z = sigmoid(z);
    r = sigmoid(r);
    n = hn::Tanh(d, hn::MulAdd(r, q, n));
    const V h = at.previous ? hn::LoadU(d, at.previous + u * at.stride) : hn::Zero(d);
    hn::StoreU(hn::MulAdd(z, hn::Sub(h, n), n), d, y + u * at.stride);
    const V saved[4] = {z, r, n, q};
    for (int k = 0; k < 4; ++k) hn::StoreU(saved[k], d, tape + (k * units + u) * at.stride);
  }

  // From the gradient of one unit's new state to those of its four sums; what is left flows on to the old state.
  HWY_INLINE void backward_unit(const Step& at, const float* tape, const float* dy, int u, float* dh,
                                float* gates) const {
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    const int units = shape_.units;
    V saved[4];
    for (int k = 0; k < 4; ++k) saved[k] = hn::LoadU(d, tape + (k * units + u) * at.stride);
    const V z = saved[0], r = saved[1], n = saved[2], q = saved[3];
    const V h = at.previous ? hn::LoadU(d, at.previous + u * at.stride) : hn::Zero(d);
    const V dnew = hn::Add(hn::Load(d, dh + u * lanes), hn::LoadU(d, dy + u * at.stride));
    const V dz = hn::Mul(hn::Mul(dnew, hn::Sub(h, n)), hn::Mul(z, hn::Sub(one(), z)));
    const V dn = hn::Mul(hn::Mul(dnew, hn::Sub(one(), z)), hn::NegMulAdd(n, n, one()));
    const V dr = hn::Mul(hn::Mul(dn, q), hn::Mul(r, hn::Sub(one(), r)));
    const V sums[4] = {dz, dr, dn, hn::Mul(dn, r)};
    for (int k = 0; k < 4; ++k) hn::Store(sums[k], d, gates + (k * units + u) * lanes);
    hn::Store(hn::Mul(dnew, z), d, dh + u * lanes);
  }

  // sums[row] += the gates times a row of `kernel`, for a kernel (to its inputs) or a recurrent kernel (to the states).
  template <class RowOf>
  HWY_INLINE void add_products(const float* gate_rows, RowOf row_of, const float* kernel, int rows, float* sums,
                               std::size_t stride) const {
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    for (int row = 0; row < rows; row += 4) {
      V sum[4];
      for (int k = 0; k < 4; ++k) sum[k] = hn::LoadU(d, sums + (row + k) * stride);
      for (int g = 0; g < gates(); ++g) {
        const V gate = hn::Load(d, gate_rows + row_of(g) * lanes);
        for (int k = 0; k < 4; ++k) sum[k] = hn::MulAdd(gate, broadcast(kernel[(row + k) * gates() + g]), sum[k]);
      }
      for (int k = 0; k < 4; ++k) hn::StoreU(sum[k], d, sums + (row + k) * stride);
    }
  }

  // sums[row][gate] += value[row] * gate, for a kernel or a recurrent kernel.
  template <class RowOf>
  HWY_INLINE void weight_gradient(const float* values, std::size_t stride, int rows, const float* gate_rows,
                                  RowOf row_of, float* sums) const {
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    for (int row = 0; row < rows; ++row) {
      const V value = hn::LoadU(d, values + row * stride);
      for (int g = 0; g < gates(); ++g) {
        float* sum = sums + (row * gates() + g) * lanes;
        hn::Store(hn::MulAdd(value, hn::Load(d, gate_rows + row_of(g) * lanes), hn::Load(d, sum)), d, sum);
      }
    }
  }

  HWY_INLINE void bias_gradient(const float* gate_rows, float* sums) const {
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    for (int g = 0; g < tape_rows(); ++g)
      hn::Store(hn::Add(hn::Load(d, gate_rows + g * lanes), hn::Load(d, sums + g * lanes)), d, sums + g * lanes);
  }

  void add_sums(const float* sums, const GruGradients& gradients) const {
    const D d;
    const auto total = [&](int i) {
      return hn::GetLane(hn::SumOfLanes(d, hn::Load(d, sums + std::size_t(i) * hn::Lanes(d))));
    };
    for (int i = 0; i < kernel_sums_end(); ++i) gradients.kernel[i] += total(i);
    for (int i = kernel_sums_end(); i < recurrent_sums_end(); ++i)
      gradients.recurrent[i - kernel_sums_end()] += total(i);
    for (int g = 0; g < gates(); ++g) {
      gradients.input_bias[g] += total(recurrent_sums_end() + g);
      gradients.recurrent_bias[g] += total(recurrent_sums_end() + recurrent_row(g));
    }
  }

  const Shape shape_;
  const GruWeights& w_;
  const Extent extent_;
  const bool reversed_;
};

bool is_published(const GruShape& shape) {
  return shape.inputs == Published::inputs && shape.units == Published::units;
}

void Forward(const GruShape& shape, const GruWeights& w, Extent extent, bool reversed, const float* x, float* y,
             float* tape) {
  if (is_published(shape))
    Direction(Published(), w, extent, reversed).forward(x, y, tape);
  else
    Direction(shape, w, extent, reversed).forward(x, y, tape);
}

void Backward(const GruShape& shape, const GruWeights& w, Extent extent, bool reversed, const float* x, const float* y,
              const float* tape, const float* dy, float* dx, const GruGradients& gradients) {
  if (is_published(shape))
    Direction(Published(), w, extent, reversed).backward(x, y, tape, dy, dx, gradients);
  else
    Direction(shape, w, extent, reversed).backward(x, y, tape, dy, dx, gradients);
}

}  // namespace iresweep::train::lanes::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace iresweep::train::lanes {

HWY_EXPORT(Forward);
HWY_EXPORT(Backward);

void gru_forward(const GruShape& shape, const GruWeights& weights, Extent extent, bool reversed, const float* x,
                 float* y, float* tape) {
  HWY_DYNAMIC_DISPATCH(Forward)(shape, weights, extent, reversed, x, y, tape);
}

void gru_backward(const GruShape& shape, const GruWeights& weights, Extent extent, bool reversed, const float* x,
                  const float* y, const float* tape, const float* dy, float* dx, const GruGradients& gradients) {
  HWY_DYNAMIC_DISPATCH(Backward)(shape, weights, extent, reversed, x, y, tape, dy, dx, gradients);
}

}  // namespace iresweep::train::lanes
#endif

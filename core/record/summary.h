// Summary: what replications say of one figure: mean and the half width of its 95 % confidence interval (Student's t).
#pragma once

#include <cstdint>
#include <optional>

namespace weir {

class Summary {
  public:
    void add(double observation); // in the order of the replications: the last bits depend on it

    std::uint64_t count() const { return m_count; }
    std::optional<double> mean() const;
    // The interval is mean +- ci95. Nothing below two observations.
    std::optional<double> ci95() const;

    // The quantile 0.975 of Student's t for that many degrees of freedom (at least 1), within 0.05 %.
    static double studentT975(std::uint64_t freedom);

  private:
    std::uint64_t m_count = 0;
    double m_mean = 0;
    double m_squares = 0; // of the distances from the mean (Welford)
};

} // namespace weir

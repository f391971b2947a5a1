using System.Globalization;
using System.Numerics;

namespace Ecosystem.Workflows.Attribution.Models;

/// <summary>An exact fraction in lowest terms with a positive denominator. Shares are fractions, so that they sum to one and not nearly.</summary>
public readonly struct Fraction : IEquatable<Fraction>, IComparable<Fraction>
{
    private readonly BigInteger denominatorMinusOne;

    /// <summary>Makes a fraction.</summary>
    /// <param name="numerator">The numerator.</param>
    /// <param name="denominator">The denominator, not zero.</param>
    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException("A fraction needs a denominator other than zero.");
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        denominatorMinusOne = (denominator / divisor) - BigInteger.One;
    }

    /// <summary>Zero.</summary>
    public static Fraction Zero => default;

    /// <summary>One.</summary>
    public static Fraction One { get; } = new(1, 1);

    /// <summary>The numerator; its sign is the fraction's.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The denominator, above zero.</summary>
    public BigInteger Denominator => denominatorMinusOne + BigInteger.One;

    /// <summary>True for zero.</summary>
    public bool IsZero => Numerator.IsZero;

    /// <summary>An integer as a fraction.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator Fraction(int value) => new(value, BigInteger.One);

    /// <summary>A decimal as a fraction, exactly.</summary>
    /// <param name="value">The decimal.</param>
    public static implicit operator Fraction(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return new Fraction(bits[3] < 0 ? -mantissa : mantissa, BigInteger.Pow(10, value.Scale));
    }

    /// <summary>Adds.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum.</returns>
    public static Fraction operator +(Fraction left, Fraction right) =>
        new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    /// <summary>Subtracts.</summary>
    /// <param name="left">From what.</param>
    /// <param name="right">What.</param>
    /// <returns>The difference.</returns>
    public static Fraction operator -(Fraction left, Fraction right) =>
        new((left.Numerator * right.Denominator) - (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    /// <summary>Multiplies.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The product.</returns>
    public static Fraction operator *(Fraction left, Fraction right) => new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <summary>Divides.</summary>
    /// <param name="left">What.</param>
    /// <param name="right">By what; not zero.</param>
    /// <returns>The quotient.</returns>
    public static Fraction operator /(Fraction left, Fraction right) => new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    /// <summary>Compares.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when equal.</returns>
    public static bool operator ==(Fraction left, Fraction right) => left.Equals(right);

    /// <summary>Compares.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when not equal.</returns>
    public static bool operator !=(Fraction left, Fraction right) => !left.Equals(right);

    /// <summary>Compares.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when less.</returns>
    public static bool operator <(Fraction left, Fraction right) => left.CompareTo(right) < 0;

    /// <summary>Compares.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when more.</returns>
    public static bool operator >(Fraction left, Fraction right) => left.CompareTo(right) > 0;

    /// <summary>Compares.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when not more.</returns>
    public static bool operator <=(Fraction left, Fraction right) => left.CompareTo(right) <= 0;

    /// <summary>Compares.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when not less.</returns>
    public static bool operator >=(Fraction left, Fraction right) => left.CompareTo(right) >= 0;

    /// <summary>The nearest decimal with up to 28 places.</summary>
    /// <param name="places">How many places, 0 to 28.</param>
    /// <returns>The decimal, halves away from zero.</returns>
    public decimal ToDecimal(int places = 20)
    {
        var scaled = Numerator * BigInteger.Pow(10, places) * 2;
        var rounded = (BigInteger.Abs(scaled) + Denominator) / (Denominator * 2);
        return (decimal)(Numerator.Sign * rounded) / (decimal)BigInteger.Pow(10, places);
    }

    /// <inheritdoc/>
    public int CompareTo(Fraction other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Fraction other) => Numerator == other.Numerator && denominatorMinusOne == other.denominatorMinusOne;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, denominatorMinusOne);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}

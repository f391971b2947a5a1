namespace Ecosystem.Rules.Dmn;

/// <summary>A DMN file that cannot be read, written or run.</summary>
public sealed class DmnException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and where.</param>
    /// <param name="inner">Cause.</param>
    public DmnException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

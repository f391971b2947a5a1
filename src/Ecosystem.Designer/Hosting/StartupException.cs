namespace Ecosystem.Designer.Hosting;

/// <summary>Something the operator has to change before the product can start; the message says what and how.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);

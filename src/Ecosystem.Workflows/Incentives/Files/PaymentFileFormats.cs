namespace Ecosystem.Workflows.Incentives.Files;

/// <summary>Names of the formats as the public interface spells them.</summary>
public static class PaymentFileFormats
{
    /// <summary>The name of a format in routes and on disk.</summary>
    /// <param name="format">The format.</param>
    public static string ToName(this PaymentFileFormat format) => format switch
    {
        PaymentFileFormat.Pain001 => "pain.001.001.09",
        PaymentFileFormat.Nacha => "nacha",
        _ => "csv",
    };

    /// <summary>The ending of a file of the format, with its dot.</summary>
    /// <param name="format">The format.</param>
    public static string Extension(this PaymentFileFormat format) => format switch
    {
        PaymentFileFormat.Pain001 => ".pain.001.001.09.xml",
        PaymentFileFormat.Nacha => ".ach",
        _ => ".csv",
    };

    /// <summary>The media type of a file of the format.</summary>
    /// <param name="format">The format.</param>
    public static string MediaType(this PaymentFileFormat format) => format switch
    {
        PaymentFileFormat.Pain001 => "application/xml",
        PaymentFileFormat.Nacha => "text/plain",
        _ => "text/csv",
    };

    /// <summary>Finds a format by its name.</summary>
    /// <param name="name"><c>pain.001.001.09</c>, <c>nacha</c> or <c>csv</c>, in any case.</param>
    /// <returns>The format, or the refusal that names what is known.</returns>
    public static Result<PaymentFileFormat> Parse(string? name) => name?.ToUpperInvariant() switch
    {
        "PAIN.001.001.09" or "PAIN.001" or null or "" => PaymentFileFormat.Pain001,
        "NACHA" or "ACH" => PaymentFileFormat.Nacha,
        "CSV" => PaymentFileFormat.Csv,
        _ => new Refusal("payout.file-format", $"There is no file format '{name}'; known are pain.001.001.09, nacha and csv.", "format"),
    };
}

using System.Security.Cryptography;

namespace Ecosystem.Workflows.Incentives.Files;

/// <summary>A written payment file.</summary>
/// <param name="Name">File name, made from the batch id.</param>
/// <param name="Format">Its format.</param>
/// <param name="Content">Its bytes.</param>
public sealed record PaymentFile(string Name, PaymentFileFormat Format, ReadOnlyMemory<byte> Content)
{
    /// <summary>SHA-256 of the content in lower-case hexadecimal; goes into the audit trail.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Content.Span));

    /// <summary>Writes a batch in a format, or says what in it the format cannot take; then nothing is written.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="format">The format.</param>
    public static Result<PaymentFile> Write(PaymentBatch batch, PaymentFileFormat format)
    {
        var refusals = PaymentBatchRules.Check(batch, format).ToList();
        if (refusals.Count > 0)
        {
            return Result<PaymentFile>.Refused(refusals);
        }

        var content = format switch
        {
            PaymentFileFormat.Pain001 => Pain001Writer.Write(batch),
            PaymentFileFormat.Nacha => NachaWriter.Write(batch),
            _ => PaymentCsvWriter.Write(batch),
        };
        return new PaymentFile(batch.Id + format.Extension(), format, content);
    }
}

using System.Text;

namespace Ecosystem.Workflows.Integration.Imports;

/// <summary>A file to import.</summary>
/// <param name="Kind">What its rows are.</param>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Text">CSV with a header.</param>
/// <param name="Mapping">
/// The field each column stands for, by the column's name in the file; null leaves a column out. Columns that are not in it keep their
/// own name, of which capitals, spaces, points and underscores do not matter.
/// </param>
public sealed record ImportFile(ImportKind Kind, string Name, string Text, IReadOnlyDictionary<string, string?>? Mapping = null)
{
    /// <summary>Bytes a file may have.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Rows a file may have; a longer one is split by who exports it.</summary>
    public const int MaxRows = 20_000;

    /// <summary>Reads a file's text.</summary>
    /// <param name="length">Its bytes.</param>
    /// <param name="content">Opens it; asked only when it is not too long.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The text, or why it cannot be read.</returns>
    public static async Task<Result<string>> ReadTextAsync(long length, Func<Stream> content, CancellationToken cancellationToken = default)
    {
        if (length > MaxBytes)
        {
            return new Refusal("import.too-large", $"The file has {length / 1024 / 1024} MB; it may have {MaxBytes / 1024 / 1024}. Split it.", "file");
        }

        try
        {
            using var reader = new StreamReader(content(), new UTF8Encoding(false, throwOnInvalidBytes: true));
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            return new Refusal("import.encoding", "The file is not UTF-8; save it as CSV UTF-8.", "file");
        }
    }
}

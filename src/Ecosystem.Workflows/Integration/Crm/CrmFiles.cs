using System.Security.Cryptography;
using System.Text;

namespace Ecosystem.Workflows.Integration.Crm;

/// <summary>The four files of a CRM export, as text by name.</summary>
public sealed class CrmFiles
{
    /// <summary>Accounts.</summary>
    public const string Accounts = "accounts.csv";

    /// <summary>Products.</summary>
    public const string Products = "products.csv";

    /// <summary>Sales people, their managers and regions.</summary>
    public const string Teams = "sales_teams.csv";

    /// <summary>Opportunities.</summary>
    public const string Pipeline = "sales_pipeline.csv";

    private readonly IReadOnlyDictionary<string, string> texts;

    /// <summary>Takes files that are in memory.</summary>
    /// <param name="texts">All four, by name.</param>
    public CrmFiles(IReadOnlyDictionary<string, string> texts) => this.texts = texts;

    /// <summary>SHA-256 over names and contents, in lower-case hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\0', texts.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => text.Key + "\0" + text.Value)))));

    /// <summary>Reads the files of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The files, or what is missing or cannot be read.</returns>
    public static Result<CrmFiles> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return new Refusal("import.folder", $"There is no folder '{folder}'.", "data");
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in (string[])[Accounts, Products, Teams, Pipeline])
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                return new Refusal("import.file-missing", $"The folder '{folder}' has no file {name}; expected are {Accounts}, {Products}, {Teams} and {Pipeline}.", name);
            }

            try
            {
                texts[name] = File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or DecoderFallbackException)
            {
                return new Refusal("import.file-unreadable", $"The file {name} cannot be read: {error.Message}", name);
            }
        }

        return new CrmFiles(texts);
    }

    /// <summary>Writes the files into a folder, over those that are there.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <exception cref="IOException">The folder is not there or cannot be written.</exception>
    public void WriteTo(string folder)
    {
        foreach (var (name, text) in texts)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }

    internal string this[string name] => texts[name];
}

namespace Ecosystem.Workflows.Integration.Crm;

/// <summary>A product of the price book.</summary>
/// <param name="Row">Row of the file; the header is row 1.</param>
/// <param name="Name">Product name.</param>
/// <param name="Series">Series.</param>
/// <param name="ListPrice">List price.</param>
public sealed record CrmProduct(int Row, string Name, string Series, decimal ListPrice);

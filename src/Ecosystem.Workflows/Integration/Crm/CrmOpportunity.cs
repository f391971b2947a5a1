namespace Ecosystem.Workflows.Integration.Crm;

/// <summary>An opportunity.</summary>
/// <param name="Row">Row of the file; the header is row 1.</param>
/// <param name="Id">Identification in the CRM.</param>
/// <param name="Seller">Sales person.</param>
/// <param name="Product">Product, spelling repaired.</param>
/// <param name="Account">Customer; null where the CRM names none.</param>
/// <param name="Stage">Stage.</param>
/// <param name="EngagedOn">Day of the first engagement; null while prospecting.</param>
/// <param name="ClosedOn">Day of the close; null while open.</param>
/// <param name="CloseValue">Value at the close, zero for a lost one; null while open.</param>
public sealed record CrmOpportunity(
    int Row, string Id, string Seller, string Product, string? Account, CrmStage Stage, DateOnly? EngagedOn, DateOnly? ClosedOn, decimal? CloseValue);

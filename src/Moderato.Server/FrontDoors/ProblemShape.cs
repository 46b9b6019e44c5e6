using Moderato.Server.Hosting;

namespace Moderato.Server.FrontDoors;

/// <summary>Metadata of the endpoints of an imitated API: a problem on them has that API's own shape, whoever finds it (keys, limits, the store).</summary>
public sealed record ProblemShape(Func<Problem, IResult> Of);

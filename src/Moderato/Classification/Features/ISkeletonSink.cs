namespace Moderato.Classification.Features;

/// <summary>Takes the words of the skeleton view that differ from the plain view's.</summary>
internal interface ISkeletonSink
{
    void Skeleton(PaddedWord word, Disguises disguises);

    /// <summary>Another word that the last skeleton may stand for.</summary>
    void OtherSpelling(PaddedWord word);
}
